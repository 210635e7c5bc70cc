package io.github.acrattach.usecase;

/** What the use cases ask of the outside, and what each question is about. */
enum Call {
    /** The class of those that can be seen. */
    LIST_SUBSCRIPTIONS,
    /** A cluster's id. */
    FIND_CLUSTER,
    /** A subscription. */
    LIST_CLUSTERS,
    /** A registry's id. */
    FIND_REGISTRY,
    /** A registry's id. */
    READ_REGIONAL_ENDPOINTS,
    /** A subscription. */
    LIST_REGISTRIES,
    /** A registry's id. */
    LIST_ASSIGNMENTS,
    /** The principal that is to have the role. */
    ASSIGN,
    /** The principal that has the role. */
    REMOVE_ASSIGNMENT,
    /** A client id. */
    FIND_PRINCIPAL,
    /** The key of a credential. */
    FIND_CREDENTIAL,
    MAKE_CREDENTIAL,
    VOUCH,
    ADD_PASSWORD,
    REMOVE_PASSWORD,
    REMOVE_CREDENTIAL,
    PROVE,
    /** A registry's id. */
    LIST_CREDENTIALS,
    /** A cluster's id. */
    LIST_NAMESPACES,
    CLEAR,
    /** A namespace's name. */
    STORE
}
