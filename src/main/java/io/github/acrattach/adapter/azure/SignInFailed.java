package io.github.acrattach.adapter.azure;

/**
 * Signing in did not work. The fault is read where it happens and carried on without its cause: the retry policy of the
 * call would otherwise take a broken connection to Entra ID for one to Azure Resource Manager, and multiply the tries.
 */
final class SignInFailed extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Fault fault;

    SignInFailed(Throwable thrown, SignInDiagnosis diagnosis) {
        super("Signing in failed.", null, false, false);
        fault = Fault.ofSignIn(thrown, diagnosis);
    }

    Fault fault() {
        return fault;
    }
}
