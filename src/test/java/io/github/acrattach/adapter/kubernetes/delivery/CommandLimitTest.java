package io.github.acrattach.adapter.kubernetes.delivery;

import static io.github.acrattach.adapter.azure.Answered.found;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.domain.ClusterNamespace;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.NamespaceOutcome.State;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.References;
import io.github.acrattach.domain.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More service accounts than a command may print, as whoever may write them in one namespace can make them. */
class CommandLimitTest {

    private static final String REFERENCES = "r".repeat(200) + ",";

    /** As the template prints an annotation of more than a thousand characters. */
    private static final String OTHER_REGISTRIES = IntStream.range(100, 150)
            .mapToObj(number -> "acr-attach-registry" + number)
            .collect(Collectors.joining("%2C"));

    @TempDir
    Path folder;

    @Test
    void longListsAreLeftOutWhereTheyAreTooMuchTogether() throws IOException {
        try (ClusterUnderTest cluster = withAccounts(100, REFERENCES.repeat(200))) {
            assertThat(look(cluster)).singleElement().satisfies(namespace -> assertThat(namespace.references())
                    .get()
                    .extracting(References::lacking)
                    .isEqualTo(Set.of("web-1")));
            assertThat(store(cluster).state()).isEqualTo(State.READY);
        }
    }

    @Test
    void serviceAccountsThatAreTooManyKeepNoSecretBack() throws IOException {
        try (ClusterUnderTest cluster = withAccounts(20_000, "")) {
            assertThat(look(cluster)).singleElement().satisfies(namespace -> assertThat(namespace.references())
                    .isEmpty());
            NamespaceOutcome outcome = store(cluster);
            assertThat(outcome.state()).isEqualTo(State.REFUSED);
            assertThat(outcome.problem())
                    .get()
                    .extracting(Problem::cause)
                    .asString()
                    .contains("more service accounts than commands can print");
            assertThat(made()).contains("/namespaces/shop/secrets");
        }
    }

    /** What this program noted there for other registries would be lost, if it were written without having been seen. */
    @Test
    void annotationThatIsLeftOutIsNotOverwritten() throws IOException {
        String shop = account("web-2", OTHER_REGISTRIES, "theirs,");
        try (ClusterUnderTest cluster = withAccounts(shop, 100, REFERENCES.repeat(200))) {
            NamespaceOutcome outcome = store(cluster);
            assertThat(outcome.state()).isEqualTo(State.REFUSED);
            assertThat(outcome.problem())
                    .get()
                    .extracting(Problem::cause)
                    .asString()
                    .contains("web-2")
                    .doesNotContain("web-1");
            assertThat(made()).contains("web-1").doesNotContain("web-2");
        }
    }

    @Test
    void referenceWhoseMarkIsLeftOutIsNotSaidToBeRemoved() throws IOException {
        String secret = "acr-attach-acrshop";
        String shop = account("begun", secret + "%2C" + OTHER_REGISTRIES, secret + ',')
                + account("midst", OTHER_REGISTRIES + "%2C" + secret + "%2C" + OTHER_REGISTRIES, secret + ',')
                + account("ended", OTHER_REGISTRIES + "%2C" + secret, secret + ',')
                + account("alone", secret, secret + ',')
                + account("theirs", OTHER_REGISTRIES + "%2C" + secret + "2%2C1" + secret, "theirs,");
        try (ClusterUnderTest cluster = withAccounts(shop, 100, REFERENCES.repeat(200))) {
            NamespaceOutcome outcome = found(
                            cluster.secrets().clear(cluster.privateCluster(), Samples.OWNER, List.of()))
                    .get(0);
            assertThat(outcome.state()).isEqualTo(State.REFUSED);
            assertThat(outcome.problem())
                    .get()
                    .extracting(Problem::cause)
                    .asString()
                    .contains("service account begun, ended, midst were left alone");
            assertThat(made().lines()).containsExactly("alone");
        }
    }

    @Test
    void referenceInAListThatIsLeftOutIsStillOne() throws IOException {
        String secret = "acr-attach-acrshop,";
        String many = "theirs,".repeat(150);
        String shop = "A shop begun u 1 @ @" + secret + many + "\nA shop midst u 1 @ @" + many + secret + many
                + "\nA shop ended u 1 @ @" + many + secret + "\nA shop bad u 1 @ @!," + secret
                + "\nA shop web-theirs u 1 @ @" + many + "1" + secret + '\n';
        try (ClusterUnderTest cluster = withAccounts(shop, 100, REFERENCES.repeat(200))) {
            assertThat(look(cluster)).singleElement().satisfies(namespace -> assertThat(namespace.references())
                    .get()
                    .extracting(References::referring)
                    .isEqualTo(Set.of("begun", "midst", "ended", "bad")));
        }
    }

    private String made() throws IOException {
        return Files.readString(folder.resolve("made"));
    }

    private static String account(String name, String added, String references) {
        return "A shop " + name + " u 1 @acr-attach%2Fadded=" + added + "& @" + references + '\n';
    }

    /** Beside one in the namespace shop, so many in another one, which are said to refer because of this program. */
    private ClusterUnderTest withAccounts(int count, String references) throws IOException {
        return withAccounts("", count, references);
    }

    private ClusterUnderTest withAccounts(String shop, int count, String references) throws IOException {
        Path accounts = folder.resolve("accounts");
        StringBuilder lines = new StringBuilder("A shop web-1 u 1 @ @theirs,\n").append(shop);
        for (int number = 0; number < count; number++) {
            lines.append("A tenant web-")
                    .append(number)
                    .append("-")
                    .append("x".repeat(60))
                    .append(" u 1 @acr-attach%2Fadded=acr-attach-acrshop& @")
                    .append(references)
                    .append('\n');
        }
        Files.writeString(accounts, lines);
        Path kubectl = Files.writeString(
                folder.resolve("kubectl"), """
                #!/bin/sh
                case $1$2 in
                getnamespaces) echo 'N shop + @' ;;
                getserviceaccounts) cat '%s' ;;
                create--raw) echo "$3" >>'%s' ;;
                patchserviceaccounts) echo "$3" >>'%s' ;;
                esac
                """.formatted(accounts, folder.resolve("made"), folder.resolve("made")));
        assertThat(kubectl.toFile().setExecutable(true)).isTrue();
        return ClusterUnderTest.withKubectl(folder);
    }

    private static List<ClusterNamespace> look(ClusterUnderTest cluster) {
        return found(cluster.secrets()
                .in(
                        cluster.privateCluster(),
                        Samples.OWNER,
                        RouteChecks.accounts("web-*").accounts(),
                        Set.of()));
    }

    private static NamespaceOutcome store(ClusterUnderTest cluster) {
        return found(cluster.secrets()
                        .store(
                                cluster.privateCluster(),
                                RouteChecks.SECRET,
                                Set.of("shop"),
                                Set.of(),
                                RouteChecks.accounts("web-*")))
                .get(0);
    }
}
