package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.infra.Bicep;
import io.github.acrattach.infra.Snapshot;
import io.github.acrattach.infra.Snapshot.Assignment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rights that tests give the program are those that the templates give it. */
class InstalledRightsTest {

    private final Bicep bicep = Bicep.compiler();

    /** They are read from a file, since the compiler is not everywhere where the packaged program is tested. */
    @ParameterizedTest
    @ValueSource(strings = {"default", "secret-method", "two-subscriptions"})
    void rightsThatTheProgramIsTriedWithAreThose(String file) {
        Snapshot snapshot = bicep.snapshot(file);
        ObjectNode roles = JsonNodeFactory.instance.objectNode();
        snapshot.assignments().stream()
                .filter(each -> each.scope().matches("/subscriptions/[^/]+"))
                .forEach(each -> roles.set(name(each, snapshot), role(each, snapshot)));
        assertThat(roles).isEqualTo(InstalledRights.roles(file));
    }

    private static String name(Assignment assignment, Snapshot snapshot) {
        return snapshot.ofType("Microsoft.Authorization/roleDefinitions")
                .filter(each -> each.path("name").asText().equals(assignment.role()))
                .map(each -> each.at("/properties/roleName").asText().replaceAll(" \\(.*", ""))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode role(Assignment assignment, Snapshot snapshot) {
        JsonNode permission = snapshot.customRoles().get(assignment.role());
        return InstalledRights.written(
                (ArrayNode) permission.path("actions"),
                (ArrayNode) permission.path("dataActions"),
                assignment.condition());
    }
}
