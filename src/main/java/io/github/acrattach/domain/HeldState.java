package io.github.acrattach.domain;

/** How what stands in a namespace compares with the pull secret that is to stand there. */
public enum HeldState {
    /** It is the pull secret. */
    CURRENT,
    /** It holds a valid password for other hosts of the registry than it has now: fewer, most likely. */
    OTHER_LOGIN_SERVERS,
    /** It holds another password that is valid still. */
    PREVIOUS,
    /** It holds a password that is not valid any more, or one of another credential. */
    OUTDATED,
    /** Its content is not what it says, or not what the registry lets in: somebody has changed it. */
    EDITED,
    /** It was made while the registry had another id. */
    FORMER,
    /** There is none. */
    ABSENT,
    /** Another secret has its name, which is left alone. */
    FOREIGN,
    /** It may not be looked at. */
    HIDDEN
}
