package io.github.acrattach.adapter.azure;

/**
 * Why this program cannot be signed in, where waiting does not mend it.
 *
 * @param why the cause in a sentence; empty where what was answered says it
 * @param fix the command or setting that mends it
 */
record SignInRefusal(String why, String fix) {

    /** As what a credential throws that does not even ask. */
    static final class Known extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final transient SignInRefusal refusal;

        Known(SignInRefusal refusal) {
            super(refusal.why(), null, false, false);
            this.refusal = refusal;
        }

        SignInRefusal refusal() {
            return refusal;
        }
    }
}
