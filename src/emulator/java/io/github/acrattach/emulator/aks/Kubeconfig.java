package io.github.acrattach.emulator.aks;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A kubeconfig with one cluster and one user, laid out as AKS lays it out. */
record Kubeconfig(String cluster, URI server, String ca, String username, Login login) {
    /** The Entra applications of AKS: server and client. */
    private static final String SERVER_APP = "6dae42f8-4368-4678-94ff-3960e28e3630";

    private static final String CLIENT_APP = "80faf920-1908-4b52-b5ef-a8e7bedfc67a";

    /** How the user proves who it is. */
    sealed interface Login {
        /** By a token of Entra, which kubelogin gets. */
        record Entra(String tenant) implements Login {}

        /** By a token that does not change. */
        record Token(String token) implements Login {
            @Override
            public String toString() {
                return "Token[********]";
            }
        }

        /** By a client certificate; both PEM. */
        record Certificate(String certificate, String key) implements Login {
            @Override
            public String toString() {
                return "Certificate[********]";
            }
        }
    }

    String yaml() {
        return """
                apiVersion: v1
                clusters:
                - cluster:
                    certificate-authority-data: %s
                    server: %s
                  name: %s
                contexts:
                - context:
                    cluster: %3$s
                    user: %s
                  name: %3$s
                current-context: %3$s
                kind: Config
                preferences: {}
                users:
                - name: %4$s
                  user:
                %s""".formatted(base64(ca), server, cluster, username, user().indent(4));
    }

    private String user() {
        if (login instanceof Login.Entra entra) {
            return """
                    exec:
                      apiVersion: client.authentication.k8s.io/v1beta1
                      args:
                      - get-token
                      - --environment
                      - AzurePublicCloud
                      - --server-id
                      - %s
                      - --client-id
                      - %s
                      - --tenant-id
                      - %s
                      - --login
                      - devicecode
                      command: kubelogin
                      env: null
                      provideClusterInfo: false
                    """.formatted(SERVER_APP, CLIENT_APP, entra.tenant());
        }
        if (login instanceof Login.Certificate certificate) {
            return "client-certificate-data: " + base64(certificate.certificate()) + "\nclient-key-data: "
                    + base64(certificate.key());
        }
        return "token: " + ((Login.Token) login).token();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
