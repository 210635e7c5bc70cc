package io.github.acrattach.emulator.acr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import java.util.stream.Stream;

/** A refusal in the words of the registry protocol: github.com/opencontainers/distribution-spec, error codes. */
record RegistryError(int status, String code, String message, JsonNode detail) {

    static RegistryError unauthorized() {
        return new RegistryError(
                401,
                "UNAUTHORIZED",
                "authentication required, visit https://aka.ms/acr/authorization for more information.",
                NullNode.instance);
    }

    /** Says what would have been needed. */
    static RegistryError unauthorized(String repository, String action) {
        return new RegistryError(
                401,
                "UNAUTHORIZED",
                "authentication required",
                Json.array(Stream.of(Json.object()
                        .put("Type", "repository")
                        .put("Name", repository)
                        .put("Action", action))));
    }

    static RegistryError firewall(Origin origin) {
        return new RegistryError(
                403,
                "DENIED",
                "client with IP '" + origin.address()
                        + "' is not allowed access. Refer https://aka.ms/acr/firewall to grant access.",
                NullNode.instance);
    }

    static RegistryError unknownRepository(String repository) {
        return new RegistryError(
                404,
                "NAME_UNKNOWN",
                "repository name not known to registry",
                Json.object().put("name", repository));
    }

    static RegistryError unknownManifest(String reference) {
        return new RegistryError(
                404,
                "MANIFEST_UNKNOWN",
                "manifest tagged by \"" + reference + "\" is not found",
                Json.object().put("Tag", reference));
    }

    static RegistryError unknownBlob(String digest) {
        return new RegistryError(
                404, "BLOB_UNKNOWN", "blob unknown to registry", Json.object().put("digest", digest));
    }

    static RegistryError unsupported() {
        return new RegistryError(405, "UNSUPPORTED", "The operation is unsupported.", NullNode.instance);
    }

    static RegistryError nothingHere() {
        return new RegistryError(404, "NOT_FOUND", "404 page not found", NullNode.instance);
    }

    Answer answer() {
        JsonNode error = Json.object().put("code", code).put("message", message).set("detail", detail);
        return Answer.json(status, Json.object().set("errors", Json.array(Stream.of(error))));
    }
}
