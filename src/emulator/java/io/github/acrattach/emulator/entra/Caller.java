package io.github.acrattach.emulator.entra;

/** Who stands behind a bearer token. */
public record Caller(String objectId, String appId) {}
