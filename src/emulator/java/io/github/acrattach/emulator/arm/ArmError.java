package io.github.acrattach.emulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;

/** A refusal in ARM's words, thrown from wherever it is noticed. */
public final class ArmError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final boolean flat;

    private ArmError(int status, String code, String message, boolean flat) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.flat = flat;
    }

    public ArmError(int status, String code, String message) {
        this(status, code, message, false);
    }

    /** Without the envelope, as AKS answers when it refuses a body itself. */
    public static ArmError flat(int status, String code, String message) {
        return new ArmError(status, code, message, true);
    }

    public static ArmError badRequest(String code, String message) {
        return new ArmError(400, code, message);
    }

    public static ArmError notFound(String code, String message) {
        return new ArmError(404, code, message);
    }

    public static ArmError resourceNotFound(String typeAndName, String group) {
        return notFound(
                "ResourceNotFound",
                "The Resource '" + typeAndName + "' under resource group '" + group
                        + "' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix");
    }

    public static ArmError groupNotFound(String group) {
        return notFound("ResourceGroupNotFound", "Resource group '" + group + "' could not be found.");
    }

    Answer answer() {
        ObjectNode body = Json.object().put("code", code).put("message", getMessage());
        Answer answer = Answer.json(status, flat ? body : Json.object().set("error", body));
        return status < 500 && status != 400 ? answer.with("x-ms-failure-cause", "gateway") : answer;
    }
}
