package io.github.acrattach.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What a reviewer reads in docs/install.md is what the templates do. */
class InstallPageTest {

    private static final Path PAGE = Path.of("docs/install.md");

    private final Bicep bicep = Bicep.compiler();

    @Test
    void tableOfWhatItGrantsIsThatOfTheTemplate() throws IOException {
        Snapshot snapshot = bicep.snapshot("default");
        List<String> granted = snapshot.assignments().stream()
                .map(each -> "| `" + each.identity() + "` | " + BuiltInRoles.name(each, snapshot) + " | "
                        + place(each.scope())
                        + (each.condition().isEmpty() ? " | |" : " | the condition |"))
                .toList();
        assertThat(Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("| `id-acr-attach")))
                .containsExactlyInAnyOrderElementsOf(granted);
    }

    @Test
    void actionsOfTheCustomRolesAreThoseOfTheTemplate() throws IOException {
        List<String> roles = bicep.snapshot("default")
                .ofType("Microsoft.Authorization/roleDefinitions")
                .map(each -> "| " + each.at("/properties/roleName").asText().replaceAll(" \\(.*", "") + " | "
                        + sorted(each.at("/properties/permissions/0/actions")) + " |")
                .toList();
        assertThat(Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("| acr-attach ")))
                .containsExactlyInAnyOrderElementsOf(roles);
    }

    @Test
    void everyParameterIsInTheTable() throws IOException {
        String page = Files.readString(PAGE);
        bicep.compile(Bicep.INFRA.resolve("main.bicep"))
                .json()
                .path("parameters")
                .fieldNames()
                .forEachRemaining(name -> assertThat(page).contains("`" + name + "`"));
    }

    @Test
    void whatEnrolTakesIsWhatTheOthersReturn() {
        JsonNode enrol = bicep.compile(Bicep.INFRA.resolve("enrol.bicep")).json();
        Set<String> required = new TreeSet<>();
        enrol.path("parameters").properties().stream()
                .filter(each -> !each.getValue().has("defaultValue"))
                .forEach(each -> required.add(each.getKey()));
        assertThat(required).containsExactly("appId", "principalId", "senderId", "storageAccountId");
        Set<String> returned = new TreeSet<>();
        for (String half : List.of("security", "workload")) {
            bicep.compile(Bicep.INFRA.resolve(half + ".bicep"))
                    .json()
                    .path("outputs")
                    .fieldNames()
                    .forEachRemaining(returned::add);
        }
        assertThat(returned).containsAll(required);
    }

    private static String place(String scope) {
        if (scope.equals("/subscriptions/" + Bicep.SUBSCRIPTION)) {
            return "each scope";
        }
        return scope.matches(".*/storageAccounts/[^/]+") ? "the storage account" : "`" + Snapshot.last(scope) + "`";
    }

    private static String sorted(JsonNode actions) {
        return StreamSupport.stream(actions.spliterator(), false)
                .map(each -> "`" + each.asText() + "`")
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining(", "));
    }
}
