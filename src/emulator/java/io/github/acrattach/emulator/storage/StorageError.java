package io.github.acrattach.emulator.storage;

import io.github.acrattach.emulator.http.Answer;

/** A refusal of a storage service: XML, and its code in a header too. */
final class StorageError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    StorageError(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    Answer answer() {
        return Answer.text(
                        status,
                        "application/xml",
                        "\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>" + code + "</Code><Message>"
                                + getMessage() + "</Message></Error>")
                .with("x-ms-error-code", code);
    }
}
