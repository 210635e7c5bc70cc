package io.github.acrattach.adapter.kubernetes.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KubeconfigTest {

    private static final String AUTHORITY =
            Base64.getEncoder().encodeToString("the authority".getBytes(StandardCharsets.UTF_8));

    @Test
    void signInOfAPersonIsLeftOut() throws Kubeconfig.Unreadable {
        Kubeconfig config = read(yaml("{exec: {command: kubelogin, args: [get-token, --server-id, x]}}"));
        assertThat(config.server()).hasToString("https://aks-shop.hcp.westeurope.azmk8s.io:443");
        assertThat(new String(config.authority(), StandardCharsets.UTF_8)).isEqualTo("the authority");
        assertThat(config.identity()).isEqualTo(Kubeconfig.Identity.ENTRA);
        assertThat(read(yaml("{auth-provider: {name: azure}}")).identity()).isEqualTo(Kubeconfig.Identity.ENTRA);
    }

    @Test
    void credentialOfTheClusterIsUsedAndNotPrinted() throws Kubeconfig.Unreadable {
        Kubeconfig config = read(yaml("{token: s3cret, client-certificate-data: '', exec: null}"));
        assertThat(config.user()).isInstanceOf(Kubeconfig.User.Token.class);
        assertThat(config.toString()).doesNotContain("s3cret");
        Kubeconfig certificate =
                read(yaml("{client-certificate-data: " + AUTHORITY + ", client-key-data: " + AUTHORITY + "}"));
        assertThat(certificate.user()).isInstanceOf(Kubeconfig.User.Certificate.class);
        assertThat(certificate.toString()).doesNotContain("the authority");
    }

    @Test
    void currentContextDecidesAmongMany() throws Kubeconfig.Unreadable {
        String other =
                yaml("{token: a}").replace("clusters:\n", "clusters:\n- {name: x, cluster: {server: 'https://x'}}\n");
        assertThat(read(other).server()).hasToString("https://aks-shop.hcp.westeurope.azmk8s.io:443");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "a: {b",
                "current-context: nowhere",
                "!!javax.script.ScriptEngineManager [s3cret]",
                "token: s3cret\ntoken: s3cret",
                "a: &a [s3cret]\nb: *c"
            })
    void whatCannotBeReadIsToldWithoutQuotingIt(String yaml) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(Kubeconfig.Unreadable.class)
                .hasNoCause()
                .message()
                .isNotBlank()
                .doesNotContain("s3cret");
    }

    @Test
    void everyFieldThatIsNeededIsAskedFor() {
        String good = yaml("{token: s3cret}");
        for (String broken : new String[] {
            good.replace("https://", "http://"),
            good.replace("certificate-authority-data", "insecure"),
            good.replace(AUTHORITY, "%"),
            good.replace("current-context: c", "current-context: d"),
            good.replace("user: u", "user: v"),
            good + "#".repeat(300_000)
        }) {
            assertThatThrownBy(() -> read(broken)).isInstanceOf(Kubeconfig.Unreadable.class);
        }
    }

    @Test
    void bombOfAliasesIsNotUnfolded() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n");
        }
        assertThatThrownBy(() -> read(bomb.toString())).isInstanceOf(Kubeconfig.Unreadable.class);
    }

    private static Kubeconfig read(String yaml) throws Kubeconfig.Unreadable {
        return Kubeconfig.read(yaml.getBytes(StandardCharsets.UTF_8));
    }

    private static String yaml(String user) {
        return "apiVersion: v1\nkind: Config\ncurrent-context: c\nclusters:\n- name: k\n  cluster:\n    server:"
                + " https://aks-shop.hcp.westeurope.azmk8s.io:443\n    certificate-authority-data: " + AUTHORITY
                + "\ncontexts:\n- name: c\n  context: {cluster: k, user: u}\nusers:\n- name: u\n  user: " + user + "\n";
    }
}
