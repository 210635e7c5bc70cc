package io.github.acrattach.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.domain.Naming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A rule that the program would not start with is none that the templates deploy. */
@Order(1)
class RuleNamesTest {

    /** Where a rule has such a name, and all that a rule needs beside it. */
    private static final Map<Naming, String> PLACES = Map.of(
            Naming.CLUSTER, "clusters: { names: NAMES }, registries: {}",
            Naming.REGISTRY, "clusters: {}, registries: { names: NAMES }",
            Naming.RESOURCE_GROUP, "clusters: { resourceGroups: NAMES }, registries: {}",
            Naming.TAG, "clusters: {}, registries: {}, joinOnTags: NAMES",
            Naming.NAMESPACE, "clusters: {}, registries: {}, secret: { namespaces: NAMES }",
            Naming.SERVICE_ACCOUNT, "clusters: {}, registries: {}, secret: { serviceAccounts: NAMES }",
            Naming.REPOSITORY, "clusters: {}, registries: {}, secret: { repositories: NAMES }");

    private static final Map<Naming, List<String>> TAKEN = Map.of(
            Naming.CLUSTER, List.of("aks-1", "AKS_shop", "aks-*", "?ks", "*", " aks-1 "),
            Naming.REGISTRY, List.of("acrshop", "ACR*", "acr??", "*"),
            Naming.RESOURCE_GROUP, List.of("rg-shop", "rg_(1).a", "größe", "rg-*"),
            Naming.TAG, List.of("team", "cost centre", "hidden-link:/subscriptions/x"),
            Naming.NAMESPACE, List.of("shop", "shop-*", "kube-system"),
            Naming.SERVICE_ACCOUNT, List.of("default", "web-*", "a.b"),
            Naming.REPOSITORY, List.of("team/app", "team/*", "*", "a_b.c-d"));

    private static final Map<Naming, List<String>> REFUSED = Map.of(
            Naming.CLUSTER, List.of("aks.shop", "^aks-.*$", "aks/1", "-aks", "aks_", "a".repeat(64)),
            Naming.REGISTRY, List.of("acr-shop", "acrshop.azurecr.io", "acr", "acr_1", "a".repeat(51)),
            Naming.RESOURCE_GROUP, List.of("rg/a", "rg.", "rg+a", "a b", "a".repeat(91)),
            Naming.TAG, List.of("te<am", "te*m", "a/b", "te\\m", "a".repeat(513)),
            Naming.NAMESPACE, List.of("Shop", "shop_1", "shop/default", "-shop", "a".repeat(64)),
            Naming.SERVICE_ACCOUNT, List.of("shop/default", "Web", "a_b", ".a"),
            Naming.REPOSITORY, List.of("team-*", "team/app:1.0", "Team/app", "acr.azurecr.io/a", "/a", "a/"));

    private final Bicep bicep = Bicep.compiler();

    @Test
    void programAndTemplatesTakeTheSame() throws IOException {
        TAKEN.forEach((naming, names) ->
                names.forEach(name -> assertThatNoException().as(name).isThrownBy(() -> naming.pattern(name))));
        REFUSED.forEach((naming, names) -> names.forEach(name ->
                assertThatThrownBy(() -> naming.pattern(name)).as(name).isInstanceOf(IllegalArgumentException.class)));
        JsonNode odd = odd();
        TAKEN.keySet().forEach(naming -> {
            assertThat(odd.path("TAKEN" + naming).asText()).as("%s", naming).isEmpty();
            assertThat(odd.path("REFUSED" + naming).asText().split("\n"))
                    .as("%s", naming)
                    .allMatch(each -> each.contains("can be called"))
                    .extracting(each -> each.split("\"")[1])
                    .containsExactlyElementsOf(REFUSED.get(naming));
        });
    }

    /** What the templates say of all of them, in one evaluation. */
    private JsonNode odd() throws IOException {
        Path folder = Files.createDirectories(Path.of("target/infra-parameters"));
        Files.writeString(folder.resolve("checks-names.bicep"), """
                import { oddNamesOf } from '../../infra/naming.bicep'
                import { rule } from '../../infra/types.bicep'
                param rules rule[]
                resource told 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
                  name: 'told'
                  location: resourceGroup().location
                  tags: toObject(rules, each => each.name, each => join(oddNamesOf(each), '\\n'))
                }
                """);
        StringBuilder rules = new StringBuilder("using 'checks-names.bicep'\nparam rules = [\n");
        PLACES.forEach((naming, place) -> rules.append(rule("TAKEN" + naming, place, TAKEN.get(naming)))
                .append(rule("REFUSED" + naming, place, REFUSED.get(naming))));
        return bicep.snapshot(Files.writeString(folder.resolve("checks.names.bicepparam"), rules.append("]\n")))
                .only("Microsoft.ManagedIdentity/userAssignedIdentities")
                .path("tags");
    }

    private static String rule(String name, String place, List<String> names) {
        String listed = names.stream()
                .map(each -> "'" + each.replace("\\", "\\\\").replace("$", "\\$") + "'")
                .collect(Collectors.joining(", ", "[", "]"));
        return "{ name: '" + name + "', " + place.replace("NAMES", listed) + " }\n";
    }

    /** What nothing but the settings of the app could say was out of reach of an installation by template. */
    @Test
    void eachSettingOfARuleIsInTheTemplate() throws IOException {
        String page = Files.readString(Path.of("docs/configuration.md"));
        Set<String> documented = Pattern.compile("`ACR_ATTACH_RULES_TEAM_([A-Z_]+)`")
                .matcher(page)
                .results()
                .map(each -> each.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        documented.addAll(documented.stream()
                .filter(each -> each.startsWith("CLUSTERS_"))
                .map(each -> each.replace("CLUSTERS_", "REGISTRIES_"))
                .toList());
        Set<String> written = Pattern.compile("\\$\\{rule[.]name}_([A-Z_]+)'")
                .matcher(Files.readString(Bicep.INFRA.resolve("modules/app.bicep")))
                .results()
                .map(each -> each.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(documented).contains("METHOD", "CLUSTERS_EXCLUDED_TAGS", "EXCLUDED_PAIRS", "SECRET_LIFETIME");
        assertThat(written).isEqualTo(documented);
    }
}
