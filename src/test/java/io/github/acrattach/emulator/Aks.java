package io.github.acrattach.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Reads what AKS answers. */
public final class Aks {
    private Aks() {}

    /** The YAML in the answer of a credential action. */
    static String kubeconfig(Client.Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return new String(
                Base64.getDecoder()
                        .decode(reply.json()
                                .path("kubeconfigs")
                                .get(0)
                                .path("value")
                                .asText()),
                StandardCharsets.UTF_8);
    }

    /** Follows a command to its end. */
    public static Client.Reply result(Client caller, Client.Reply begun) {
        assertThat(begun.status()).as(begun.text()).isEqualTo(202);
        Client.Reply reply = caller.get(begun.header("Location"));
        while (reply.status() == 202) {
            Thread.onSpinWait();
            reply = caller.get(reply.header("Location"));
        }
        return reply;
    }
}
