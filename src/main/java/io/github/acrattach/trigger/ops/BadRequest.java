package io.github.acrattach.trigger.ops;

import io.github.acrattach.trigger.HttpAnswer;
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

    /** The answer, with the field or parameter at fault if there is one. */
    HttpAnswer answer() {
        HttpAnswer problem = HttpAnswer.problem(400, "Bad request", getMessage());
        return field.map(problem::field).orElse(problem);
    }
}
