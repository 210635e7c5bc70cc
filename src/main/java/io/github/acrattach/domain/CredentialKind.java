package io.github.acrattach.domain;

/** What a pull secret is made of. */
public enum CredentialKind {
    /** A token of the registry, narrowed by a scope map to reading repositories; no right in the directory is needed. */
    ACR_TOKEN,
    /** An application in the directory, whose service principal holds the pull role at the registry. */
    SERVICE_PRINCIPAL
}
