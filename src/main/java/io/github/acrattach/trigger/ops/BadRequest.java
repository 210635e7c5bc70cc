package io.github.acrattach.trigger.ops;

import java.util.Optional;

/** A request that cannot be understood; the message tells the caller what to send instead. */
final class BadRequest extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Optional<String> field;

    BadRequest(String message) {
        super(message);
        this.field = Optional.empty();
    }

    BadRequest(String field, String message) {
        super(message);
        this.field = Optional.of(field);
    }

    /** The field or parameter at fault. */
    Optional<String> field() {
        return field;
    }
}
