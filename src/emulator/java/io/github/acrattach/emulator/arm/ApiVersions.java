package io.github.acrattach.emulator.arm;

import java.util.List;

/** The API versions of one resource type; ARM refuses all others. */
public record ApiVersions(String namespace, String type, List<String> known) {

    public static ApiVersions of(String namespace, String type, String... known) {
        return new ApiVersions(namespace, type, List.of(known));
    }

    /** The operation, for calls of a version that is known. */
    public Operation only(Operation operation) {
        return call -> {
            if (!known.contains(call.apiVersion())) {
                throw ArmError.badRequest(
                        "InvalidResourceType",
                        "The resource type '" + type + "' could not be found in the namespace '" + namespace
                                + "' for api version '" + call.apiVersion() + "'. The supported api-versions are '"
                                + String.join(",", known) + "'.");
            }
            return operation.perform(call);
        };
    }
}
