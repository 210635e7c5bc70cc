package io.github.acrattach.emulator.estate;

import java.util.List;

/** Whose assertions an application trusts: whoever gets one for this subject can sign in as it. */
public record FederatedCredential(String id, String name, String issuer, String subject, List<String> audiences) {}
