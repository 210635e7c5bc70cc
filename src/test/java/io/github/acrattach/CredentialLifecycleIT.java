package io.github.acrattach;

import static io.github.acrattach.adapter.azure.Answered.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.frontdoor.Fault;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Which credential a pull secret is made of, what it is called, and what becomes of it. */
@Order(1)
class CredentialLifecycleIT extends Lifecycle {

    @Test
    void credentialOfTheKindThatARuleOnceNamedGoesWithTheNextTick() {
        start(onlyThePair("ACR_ATTACH_RULES_TEAM_SECRET_CREDENTIAL", "service-principal"));
        call("attach").statusCode(200);
        goOnWith(onlyThePair("ACR_ATTACH_RULES_TEAM_SECRET_CREDENTIAL", "acr-token"));
        JsonNode former = scene.dockerConfig("shop");
        assertThat(program.host().invoke("RotatePullSecrets", NullNode.instance).succeeded())
                .isTrue();
        assertThat(scene.pulls("shop")).isTrue();
        assertThat(scene.pulls(former)).isFalse();
        assertThat(scene.made())
                .as("a token and its scope map of the same name")
                .hasSize(2);
        assertThat(Set.copyOf(scene.made())).hasSize(1);
        goOnWith(onlyThePair("ACR_ATTACH_RULES_TEAM_SECRET_CREDENTIAL", "service-principal"));
        assertThat(program.host().invoke("RotatePullSecrets", NullNode.instance).succeeded())
                .isTrue();
        assertThat(scene.pulls("shop")).isTrue();
        assertThat(scene.made())
                .as("an application of the same name, and its role")
                .hasSize(2);
        assertThat(deletedApplications()).isEmpty();
    }

    /** For 30 days, unless it is deleted for good: by detach itself, or by whoever needs the name after a person deleted it. */
    @Test
    void nameOfAnApplicationThatWasDeletedIsNoObstacle() {
        start(onlyThePair("ACR_ATTACH_RULES_TEAM_SECRET_CREDENTIAL", "service-principal"));
        call("attach").statusCode(200);
        String name = application().path("uniqueName").asText();
        call("detach").statusCode(200);
        assertThat(deletedApplications()).isEmpty();
        call("attach").statusCode(200).body("notes.kind", not(hasItem("foreign-credential")));
        scene.graph("DELETE", "/v1.0/applications/" + application().path("id").asText());
        assertThat(scene.pulls("shop")).isFalse();
        assertThat(program.host().invoke("RotatePullSecrets", NullNode.instance).succeeded())
                .isTrue();
        assertThat(scene.pulls("shop")).isTrue();
        assertThat(application().path("uniqueName").asText()).isEqualTo(name);
        assertThat(scene.made()).as("the role of the deleted one is taken back").hasSize(2);
        assertThat(deletedApplications()).isEmpty();

        scene.azure
                .faults()
                .add(Fault.reply("/deletedItems/", error(403, "Authorization_RequestDenied", "No."))
                        .onlyFor("DELETE"));
        call("detach").statusCode(200).body("outcome", equalTo("Revoked"));
        call("attach")
                .statusCode(200)
                .body("outcome", equalTo("Provisioned"))
                .body("notes.find { it.kind == 'foreign-credential' }.cause", containsString("deleted for good"))
                .body("notes.find { it.kind == 'foreign-credential' }.fix", containsString("directory/deletedItems/"));
        scene.azure.faults().clear();
        assertThat(scene.pulls("shop")).isTrue();
        assertThat(application().path("uniqueName").asText()).isEqualTo(name + "-2");
    }

    @Test
    void clusterThatIsMadeAgainGetsACredentialOfTheSameName() {
        start(onlyThePair("ACR_ATTACH_RULES_TEAM_SECRET_CREDENTIAL", "service-principal"));
        String same =
                "{\"location\":\"westeurope\",\"tags\":{\"team\":\"shop\"},\"identity\":{\"type\":\"SystemAssigned\"}}";
        call("attach").statusCode(200);
        String name = application().path("uniqueName").asText();
        scene.arm("DELETE", CLUSTER, "");
        assertThat(event(Estates.deleted(CLUSTER)).path("outcome").asText()).isEqualTo("Revoked");
        assertThat(scene.arm("PUT", CLUSTER, same).status()).isIn(200, 201);
        call("attach").statusCode(200).body("outcome", equalTo("Provisioned"));
        assertThat(application().path("uniqueName").asText()).isEqualTo(name);
        assertThat(deletedApplications()).isEmpty();
    }

    /** The only one that this program made. */
    private JsonNode application() {
        JsonNode made = scene.graph(APPLICATIONS).path("value");
        assertThat(made).hasSize(1);
        return made.path(0);
    }

    private JsonNode deletedApplications() {
        return scene.graph("/v1.0/directory/deletedItems/microsoft.graph.application")
                .path("value");
    }

    @Test
    void tokensTakeNoRightInTheDirectory() {
        start(
                onlyThePair("ACR_ATTACH_RULES_TEAM_SECRET_CREDENTIAL", "acr-token"),
                estate -> ((ObjectNode) estate.path("principals").path(0)).remove("graphPermissions"));
        call("attach").statusCode(200).body("outcome", equalTo("Provisioned"));
        post("rotate", "{}").statusCode(200).body("outcomes.outcome", equalTo(List.of("Provisioned")));
        call("rotate").statusCode(200).body("changed", equalTo(true));
        call("detach").statusCode(200).body("outcome", equalTo("Revoked"));
        assertThat(scene.made()).isEmpty();
    }
}
