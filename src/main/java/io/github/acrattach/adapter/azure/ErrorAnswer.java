package io.github.acrattach.adapter.azure;

import java.util.Optional;

/**
 * An error that Azure answered, for those who know what a service means by it before it is judged as all are.
 *
 * @param code Azure's error code
 * @param message Azure's own words, on one line
 */
public record ErrorAnswer(int status, String code, String message) {

    /** Empty for a failure that is no answer of Azure's, or one without a code. */
    public static Optional<ErrorAnswer> in(Throwable failure) {
        return Fault.of(failure)
                .filter(fault ->
                        fault.origin() == Fault.Origin.ANSWER && !fault.code().isEmpty())
                .map(fault -> new ErrorAnswer(fault.status(), fault.code(), fault.message()));
    }

    /** Whether it has this code; Azure does not keep to one case. */
    public boolean isCode(String wanted) {
        return code.equalsIgnoreCase(wanted);
    }
}
