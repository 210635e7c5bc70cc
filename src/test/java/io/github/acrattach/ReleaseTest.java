package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The release workflow asks for what there is, and azure.yaml says what azd's published schema takes. */
class ReleaseTest {

    private static final Set<String> PHASES = Set.of("verify", "package");

    /** Of a project, and of a service, by the schema of azd 1.31. */
    private static final Set<String> HOOKS =
            Set.of("preprovision", "postprovision", "postdeploy", "predown", "postdown");

    private static final Set<String> SERVICE_HOOKS =
            Set.of("prerestore", "postrestore", "prebuild", "postbuild", "prepackage", "postpackage", "predeploy");

    @Test
    void everyActionIsOfAVersion() throws IOException {
        assertThat(steps().stream().filter(step -> step.containsKey("uses")).map(step -> step.get("uses")))
                .hasSize(4)
                .allSatisfy(action -> assertThat(action.toString()).matches("[a-z-]+/[a-z-]+@v\\d+(\\.\\d+){0,2}"));
    }

    @Test
    void everyMavenCommandIsOneOfThePom() throws IOException {
        Set<String> profiles = new HashSet<>(Pom.texts("/project/profiles/profile/id"));
        Set<String> activations = new HashSet<>(Pom.texts("/project/profiles/profile/activation/property/name"));
        List<String> commands = matches("\\bmvn ([^)\\n|]+)");
        assertThat(commands).hasSize(4);
        for (String command : commands) {
            for (String word : command.strip().split("\\s+")) {
                if (word.startsWith("-P")) {
                    assertThat(profiles).as(command).contains(word.substring(2));
                } else if (!word.startsWith("-")) {
                    assertThat(word.equals("help:evaluate") || PHASES.contains(word))
                            .as(command)
                            .isTrue();
                } else if (!word.matches("-B|-ntp|-q|-Dexpression=project[.].*|-DforceStdout")) {
                    assertThat(activations).as(command).contains(word.replaceFirst("^-D", ""));
                }
            }
        }
    }

    @Test
    void everyFileThatItTakesIsMade() throws IOException {
        List<String> made = new ArrayList<>(List.of("acr-attach-runner.jar"));
        Pom.texts("//plugin[artifactId='maven-assembly-plugin']//finalName").forEach(name -> made.add(name + ".zip"));
        Pom.texts("//plugin[artifactId='cyclonedx-maven-plugin']//outputName")
                .forEach(name -> made.add(name + ".json"));
        assertThat(matches("\\btarget/(\\S+)")).hasSize(4).hasSameElementsAs(made);
        for (String assembly : Pom.texts("//plugin[artifactId='maven-assembly-plugin']//descriptor")) {
            assertThat(Path.of(assembly)).exists();
        }
        assertThat(matches("for template in ([^;]+);")).singleElement().satisfies(names -> assertThat(names.split(" "))
                .containsExactlyInAnyOrder("main", "security", "workload", "enrol")
                .allMatch(name -> Files.exists(Path.of("infra", name + ".bicep"))));
    }

    /** An archive of files as they lie there holds the time of the machine. */
    @Test
    void everyArchiveHasTheTimeOfTheVersion() throws IOException {
        assertThat(scripts()).doesNotContainPattern("\\bzip -");
        assertThat(matches("\\btar ([^|]+)")).allMatch(tar -> tar.contains("--mtime=") && tar.contains("--sort=name"));
        assertThat(Instant.parse(Pom.texts("/project/properties/project.build.outputTimestamp")
                        .get(0)))
                .isBefore(Instant.parse("2100-01-01T00:00:00Z"));
    }

    /** OneOrder rewrites what the assembly packages after it. */
    @Test
    void jarsHaveOneOrderBeforeTheyArePackaged() {
        assertThat(Pom.texts("//profile[id='release']//plugin/artifactId"))
                .containsSubsequence("exec-maven-plugin", "maven-assembly-plugin");
        assertThat(Pom.texts("//profile[id='release']//argument"))
                .contains("src/release/java/OneOrder.java", "${project.build.outputTimestamp}")
                .filteredOn(argument -> argument.endsWith("acr-attach-runner.jar"))
                .containsExactlyInAnyOrder(
                        "${project.build.directory}/acr-attach-runner.jar",
                        "${project.build.directory}/azure-functions/acr-attach/acr-attach-runner.jar");
    }

    /** Quarkus takes the language of whoever builds it into the package, by two settings. */
    @Test
    void languageOfTheBuildersMachineIsNotInThePackage() throws IOException {
        assertThat(Files.readAllLines(Path.of("src/main/resources/application.properties")))
                .contains("quarkus.default-locale=en-US", "quarkus.locales=en-US");
    }

    @Test
    void notesSayWherePackageUriPoints() throws IOException {
        assertThat(scripts())
                .contains("packageUri")
                .contains("assets=\"https://github.com/$GITHUB_REPOSITORY/releases/download/$GITHUB_REF_NAME\"")
                .contains(
                        "`custom\\`: $assets/acr-attach-$VERSION.zip",
                        "`java\\`: $assets/acr-attach-java-$VERSION.zip");
        assertThat(matches("\"out/(\\S+)\""))
                .contains("acr-attach-$VERSION.zip", "acr-attach-java-$VERSION.zip", "acr-attach-$VERSION.cdx.json");
    }

    @Test
    void azureYamlIsWhatAzdTakes() throws IOException {
        Map<String, Object> azd = read("azure.yaml");
        assertThat(azd).containsOnlyKeys("name", "metadata", "requiredVersions", "infra", "services", "hooks");
        assertThat(azd.get("name").toString()).matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
        assertThat(at(azd, "metadata"))
                .containsEntry("template", "acr-attach@" + Pom.version().replace("-SNAPSHOT", ""));
        assertThat(at(azd, "infra")).containsEntry("provider", "bicep");
        assertThat(Path.of(
                        at(azd, "infra").get("path").toString(),
                        at(azd, "infra").get("module") + ".bicep"))
                .exists();
        Map<String, Object> service = at(at(azd, "services"), "acr-attach");
        assertThat(service).containsKeys("project", "host", "language", "dist");
        assertThat(service.get("host")).isEqualTo("function");
        assertThat(service.get("dist")).isEqualTo("target/custom-handler");
        assertHooks(at(azd, "hooks"), HOOKS);
        assertHooks(at(service, "hooks"), SERVICE_HOOKS);
    }

    /** Older ones delete the resource groups of registries and of somebody else's topic (Azure/azure-dev#2916, #7698). */
    @Test
    void azdThatTakesDownWhatOthersMadeIsRefused() throws IOException {
        assertThat(at(read("azure.yaml"), "requiredVersions")).containsEntry("azd", ">= 1.24.1");
        assertThat(Files.readString(Path.of("docs/install.md"))).contains("`azd` 1.24.1");
    }

    private static void assertHooks(Map<String, Object> hooks, Set<String> known) {
        assertThat(known).containsAll(hooks.keySet());
        hooks.keySet().forEach(name -> {
            Map<String, Object> hook = at(hooks, name);
            assertThat(Set.of("shell", "run", "interactive")).containsAll(hook.keySet());
            assertThat(hook).containsKey("run").containsEntry("shell", "sh");
            assertThat(hook.getOrDefault("interactive", true)).isInstanceOf(Boolean.class);
        });
    }

    private static List<Map<String, Object>> steps() throws IOException {
        Map<String, Object> workflow = read(".github/workflows/release.yml");
        Object steps = at(at(workflow, "jobs"), "release").get("steps");
        return ((List<?>) steps).stream().map(ReleaseTest::object).toList();
    }

    private static String scripts() throws IOException {
        return steps().stream()
                .flatMap(step -> Stream.ofNullable(step.get("run")))
                .map(Object::toString)
                .collect(Collectors.joining("\n"))
                .replace("\\\n", " ");
    }

    private static List<String> matches(String pattern) throws IOException {
        return Pattern.compile(pattern)
                .matcher(scripts())
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static Map<String, Object> read(String file) throws IOException {
        return object(new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(Path.of(file))));
    }

    private static Map<String, Object> at(Map<String, Object> parent, String name) {
        return object(parent.get(name));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Object value) {
        assertThat(value).isInstanceOf(Map.class);
        return (Map<String, Object>) value;
    }
}
