package io.github.acrattach.trigger.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.ResourceReference;
import io.github.acrattach.domain.Samples;
import io.github.acrattach.trigger.HttpAnswer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessRequestTest {

    private static final String CLUSTER = Samples.CLUSTER.toString();
    private static final String REGISTRY = Samples.REGISTRY.toString();

    @Test
    void idsInAnySpellingNameThePair() {
        assertThat(read(
                                "cluster",
                                CLUSTER.toUpperCase(java.util.Locale.ROOT) + "/",
                                "registry",
                                " " + REGISTRY + "/overview")
                        .pair()
                        .pairing())
                .hasValue(new Pairing(Samples.CLUSTER, Samples.REGISTRY));
    }

    @Test
    void imageStandsForItsRegistry() {
        AccessRequest request = read("cluster", CLUSTER, "image", "acrshop.azurecr.io/team/web:1");
        assertThat(request.pair().registry())
                .isEqualTo(new ResourceReference.Host(ArmId.REGISTRY, "acrshop.azurecr.io"));
        assertThat(request.image())
                .hasValueSatisfying(image -> assertThat(image.repository()).isEqualTo("team/web"));
    }

    @Test
    void registryThatIsNamedBesideAnImageIsTheOneThatIsMeant() {
        AccessRequest request = read("cluster", CLUSTER, "registry", REGISTRY, "image", "nginx");
        assertThat(request.pair().pairing()).isPresent();
        assertThat(request.image())
                .hasValueSatisfying(image -> assertThat(image.isShort()).isTrue());
    }

    @ParameterizedTest
    @CsvSource({"nginx, names no registry", "docker.io/team/web:1, is pulled from Docker Hub", "team/web, Docker Hub"})
    void imageOfDockerHubNamesNoRegistry(String image, String reason) {
        assertThat(detail("image", "cluster", CLUSTER, "image", image)).contains(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "https://acrshop.azurecr.io/web", "Web", "web:1:2"})
    void imageThatIsNoneIsRefused(String image) {
        detail("image", "cluster", CLUSTER, "registry", REGISTRY, "image", image);
    }

    @Test
    void sidesThatAreExchangedAreToldWithBothIds() {
        assertThat(detail("cluster", "cluster", REGISTRY, "registry", CLUSTER + "/overview"))
                .contains("exchanged", "the cluster is " + CLUSTER, "the registry " + REGISTRY);
        String body = "{\"cluster\":\"" + REGISTRY + "\",\"registry\":\"" + CLUSTER + "\"}";
        BadRequest refusal = catchThrowableOfType(
                BadRequest.class, () -> PairRequest.fromBody(body.getBytes(StandardCharsets.UTF_8)));
        assertThat(refusal).hasMessageContaining("exchanged");
    }

    @Test
    void emptyRegistryIsNotReplacedByTheImage() {
        assertThat(detail("registry", "cluster", CLUSTER, "registry", "", "image", "acrshop.azurecr.io/web"))
                .contains("is needed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cluster", "registry", "image"})
    void valueThatIsTooLongIsRefusedByItsName(String name) {
        Map<String, List<String>> query =
                new LinkedHashMap<>(Map.of("cluster", List.of(CLUSTER), "registry", List.of(REGISTRY)));
        query.put(name, List.of("a".repeat(5_000)));
        assertThat(detail(name, query)).contains("at most");
    }

    @Test
    void parameterThatComesTwiceIsRefused() {
        assertThat(detail("image", Map.of("image", List.of("a", "b")))).contains("more than once");
        assertThat(detail("image", Map.of("image", List.of("a,b")))).contains("more than once");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Cluster", "images", "namespace", "format", "\u202e"})
    void parameterThatIsNotKnownIsRefused(String name) {
        assertThat(detail(
                        name.equals("\u202e") ? "?" : name,
                        Map.of("cluster", List.of(CLUSTER), "registry", List.of(REGISTRY), name, List.of("x"))))
                .contains("[cluster, registry, image]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"code", "CODE", "clientId", "clientid"})
    void keyOfTheCallerIsTolerated(String name) {
        assertThat(read("cluster", CLUSTER, "registry", REGISTRY, name, "a,b")
                        .pair()
                        .pairing())
                .isPresent();
    }

    private static AccessRequest read(String... parameters) {
        return AccessRequest.fromQuery(query(parameters));
    }

    private static Map<String, List<String>> query(String... parameters) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            query.put(parameters[i], List.of(parameters[i + 1]));
        }
        return query;
    }

    private static String detail(String field, String... parameters) {
        return detail(field, query(parameters));
    }

    private static String detail(String field, Map<String, List<String>> query) {
        HttpAnswer answer = catchThrowableOfType(BadRequest.class, () -> AccessRequest.fromQuery(query))
                .answer();
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("field").asText()).isEqualTo(field);
        return answer.body().path("detail").asText();
    }
}
