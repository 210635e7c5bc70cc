package io.github.acrattach.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The scripts that azd runs, between stand-ins of az, azd and curl which write down what they are asked. What the real ones
 * answer is in the stand-in's words: the az CLI cannot be pointed at another Azure without signing in to it.
 */
class HooksTest {

    private static final Path HOOKS = Path.of("infra/hooks");
    private static final String HOME = Bicep.SUBSCRIPTION;
    private static final String OTHER = "22222222-3333-4444-8555-666666666666";

    @TempDir
    private Path folder;

    private record Ended(int code, String output, List<String> calls) {}

    @Test
    void eachHookOfAzureYamlIsThereAndCanBeRun() throws IOException {
        List<Path> named = Pattern.compile("run: (\\S+)")
                .matcher(Files.readString(Path.of("azure.yaml")))
                .results()
                .map(each -> Path.of(each.group(1)))
                .toList();
        assertThat(named).hasSize(6).allMatch(Files::isExecutable);
        assertThat(Files.readString(Path.of("src/main/assembly/custom-handler.xml")))
                .contains("<fileMode>0755</fileMode>");
    }

    @Test
    void scriptsAreCleanPosixShell() throws Exception {
        try (Stream<Path> scripts = Files.list(HOOKS)) {
            for (Path script : scripts.toList()) {
                assertThat(Files.readAllLines(script).subList(0, 2)).first().isEqualTo("#!/bin/sh");
                assertThat(Files.readString(script)).as("%s", script).contains("set -eu");
            }
        }
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/shellcheck")), "SCRIPTS NOT CHECKED: install shellcheck for that");
        Process check = new ProcessBuilder("sh", "-c", "shellcheck " + HOOKS + "/*.sh")
                .redirectErrorStream(true)
                .start();
        assertThat(new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
    }

    @Test
    void takingBackLeavesNothingOutsideTheResourceGroup() throws Exception {
        Ended ended = run("take-back.sh", """
                case "$*" in
                  *'system-topic list'*11111111*) echo '[TOPIC_THEIRS]' ;;
                  *'system-topic list'*) echo '[]' ;;
                  *'event-subscription list'*) echo acr-attach ;;
                  *11111111*"roleAssignments?api-version=2022-04-01&\\$filter=principalId%20eq%20'principal'"*) echo /assignment/1 ;;
                  *'role definition list'*11111111*) echo role-1 ;;
                  *'group exists'*) echo true ;;
                esac
                """);
        assertThat(ended.output()).contains("Taking back in " + OTHER);
        assertThat(ended.code()).isZero();
        assertThat(ended.calls().stream().filter(each -> each.contains(" delete ")))
                .containsExactly(
                        "az eventgrid system-topic event-subscription delete --subscription " + HOME
                                + " --resource-group soc --system-topic-name theirs --name acr-attach --yes",
                        "az role assignment delete --ids /assignment/1",
                        "az role definition delete --name role-1 --custom-role-only true --scope /subscriptions/"
                                + HOME,
                        "az group delete --subscription " + OTHER + " --name rg-acr-attach-events --yes");
    }

    /** What ended half way has no outputs: then what the templates would call things is taken, and who the identity is looked up. */
    @Test
    void deploymentThatEndedHalfWayIsTakenBackToo() throws Exception {
        Ended ended = run(
                "take-back.sh",
                """
                case "$*" in
                  *'group exists'*) echo true ;;
                  *'identity list'*"[?name=='id-acr-attach']"*) echo object-id ;;
                  *'system-topic list'*) echo '[]' ;;
                  *"principalId%20eq%20'object-id'"*) echo /assignment/1 ;;
                esac
                """,
                Map.of(),
                Set.of(
                        "ACR_ATTACH_NAME",
                        "AZURE_RESOURCE_GROUP",
                        "ACR_ATTACH_PRINCIPAL_ID",
                        "ACR_ATTACH_SUBSCRIPTIONS"));
        assertThat(ended.code()).as(ended.output()).isZero();
        assertThat(ended.calls())
                .contains("az lock list --subscription " + HOME + " --resource-group rg-acr-attach --query [].id"
                        + " --output tsv")
                .contains("az role assignment delete --ids /assignment/1");
    }

    @Test
    void deploymentThatMadeNothingHasNothingToTakeBack() throws Exception {
        Ended ended = run(
                "take-back.sh",
                """
                case "$*" in *'group exists'*) echo false ;; *'system-topic list'*) echo '[]' ;; esac
                """,
                Map.of(),
                Set.of(
                        "ACR_ATTACH_NAME",
                        "AZURE_RESOURCE_GROUP",
                        "ACR_ATTACH_PRINCIPAL_ID",
                        "ACR_ATTACH_SUBSCRIPTIONS"));
        assertThat(ended.code()).as(ended.output()).isZero();
        assertThat(ended.calls()).noneMatch(each -> each.contains(" delete ") || each.contains("lock list"));
    }

    /** A list that could not be read is not an empty one. */
    @ParameterizedTest
    @ValueSource(strings = {"rest --method get", "role definition list", "group exists", "event-subscription list"})
    void listThatCannotBeReadEndsTheScript(String failing) throws Exception {
        Ended ended = run("take-back.sh", """
                case "$*" in
                  *'%s'*) echo 'AuthorizationFailed' >&2; exit 1 ;;
                  *'system-topic list'*) echo '[TOPIC_THEIRS]' ;;
                esac
                """.formatted(failing));
        assertThat(ended.code()).isNotZero();
    }

    @Test
    void lockKeepsEverythingFromBeingTakenBack() throws Exception {
        Ended ended = run("take-back.sh", """
                case "$*" in *'group exists'*) echo true ;; *'lock list'*) echo /the/lock ;; esac
                """);
        assertThat(ended.code()).isNotZero();
        assertThat(ended.output()).contains("Nothing was taken back").contains("/the/lock");
        assertThat(ended.calls()).hasSize(2);
    }

    @Test
    void azThatFailsEndsTheScript() throws Exception {
        Ended ended = run("take-back.sh", """
                case "$*" in
                  *'system-topic list'*) echo 'Please run az login' >&2; exit 1 ;;
                esac
                """);
        assertThat(ended.code()).isNotZero();
        assertThat(ended.calls().stream().filter(each -> each.contains(" delete ")))
                .isEmpty();
    }

    /** Azure writes the type in either case, and null for an identity that is not there. */
    @Test
    void topicsThatAreThereAreRememberedForTheTemplate() throws Exception {
        Ended ended = run("remember-topics.sh", """
                case "$*" in
                  *'system-topic list'*11111111*) echo '[TOPIC_THEIRS, TOPIC_OURS,
                    {"id": "/subscriptions/HOME/x", "name": "files", "resourceGroup": "soc", "topicType": "Microsoft.Storage.StorageAccounts"}]' ;;
                  *'system-topic list'*) echo '[{"id": "/subscriptions/OTHER/resourceGroups/soc/x", "name": "t", "resourceGroup": "soc",
                    "topicType": "microsoft.resources.subscriptions", "identity": {"type": "UserAssigned", "principalId": null,
                      "userAssignedIdentities": {"/the/identity": {"clientId": "c", "principalId": "p"}}}}]' ;;
                esac
                """);
        assertThat(ended.output()).contains("is there already");
        assertThat(ended.calls())
                .contains("azd env set ACR_ATTACH_EXISTING_TOPICS"
                        + " [{\"subscriptionId\":\"" + HOME + "\",\"resourceGroup\":\"soc\",\"name\":\"theirs\"},"
                        + "{\"subscriptionId\":\"" + OTHER + "\",\"resourceGroup\":\"soc\",\"name\":\"t\","
                        + "\"principalId\":\"p\",\"userAssignedIdentity\":\"/the/identity\"}]");
    }

    /** Its name begins as that of ours does. */
    @Test
    void topicOfAnotherInstallationIsSomebodyElses() throws Exception {
        Ended ended = run("remember-topics.sh", """
                case "$*" in *'system-topic list'*) echo '[{"id": "/subscriptions/HOME/resourceGroups/rg-acr-attach-2/x",
                  "name": "evgt-acr-attach-2-abcdefghijklm", "resourceGroup": "rg-acr-attach-2",
                  "topicType": "Microsoft.Resources.Subscriptions"}]' ;; esac
                """);
        assertThat(ended.calls()).anyMatch(each -> each.contains("\"name\":\"evgt-acr-attach-2-abcdefghijklm\""));
    }

    @Test
    void topicsThatCannotBeReadAreNotTakenForNone() throws Exception {
        Ended ended = run("remember-topics.sh", """
                case "$*" in *'system-topic list'*) echo 'Please run az login' >&2; exit 1 ;; esac
                """);
        assertThat(ended.code()).isNotZero();
        assertThat(ended.calls()).noneMatch(each -> each.startsWith("azd "));
    }

    @Test
    void keyOfTheFunctionsIsSeenByNobody() throws Exception {
        Ended ended = run("self.sh", """
                case "$*" in
                  *'functionapp show'*) echo app.example.com ;;
                  *'keys list'*) echo made-up-key ;;
                esac
                """);
        assertThat(ended.code()).isZero();
        assertThat(ended.calls())
                .anyMatch(each -> each.endsWith("https://app.example.com/api/self"))
                .filteredOn(each -> each.startsWith("az "))
                .hasSize(2)
                .allMatch(each -> each.contains("--subscription " + HOME));
        assertThat(ended.output() + ended.calls()).doesNotContain("made-up-key");
    }

    /** The host tells its keys once it runs, which is a while after the deployment. */
    @Test
    void keysAreAskedForUntilTheHostRuns() throws Exception {
        Ended ended = run("self.sh", """
                case "$*" in
                  *'functionapp show'*) echo app.example.com ;;
                  *'keys list'*) [ -e "$0.asked" ] || { touch "$0.asked"; echo 'from host runtime' >&2; exit 1; }; echo made-up-key ;;
                esac
                """);
        assertThat(ended.code()).as(ended.output()).isZero();
        assertThat(ended.calls().stream().filter(each -> each.contains("keys list")))
                .hasSize(2);
    }

    @Test
    void hostThatNeverRunsEndsTheScript() throws Exception {
        Ended ended = run("self.sh", """
                case "$*" in
                  *'functionapp show'*) echo app.example.com ;;
                  *'keys list'*) echo 'from host runtime' >&2; exit 1 ;;
                esac
                """);
        assertThat(ended.code()).isNotZero();
        assertThat(ended.output()).contains("from host runtime");
    }

    @Test
    void functionIsSubscribedOnceItsCodeIsThere() throws Exception {
        Ended ended = run("after-deploy.sh", "echo answer", Map.of("ACR_ATTACH_DELIVERY", "function"));
        assertThat(ended.calls())
                .startsWith("azd env set ACR_ATTACH_CODE_DEPLOYED true", "azd provision --no-prompt")
                .anyMatch(each -> each.endsWith("/api/self"));
    }

    /** After azd down, there is no code: what is made next must not subscribe to it. */
    @Test
    void codeIsForgottenWithTheApp() throws Exception {
        assertThat(run("after-down.sh", "").calls()).containsExactly("azd env set ACR_ATTACH_CODE_DEPLOYED false");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Linux aarch64  | custom         |                       | runs on Linux on x86-64
            Darwin arm64   | custom-on-java |                       | runs on Linux on x86-64
            MINGW64 x86_64 | custom         |                       | runs on Linux on x86-64
            Linux x86_64   | java           |                       | ACR_ATTACH_PACKAGE_URI
            Linux x86_64   | custom         | https://example.com/p | azd provision
            """)
    void packageThatWouldNotRunIsNotBuilt(String machine, String worker, String uri, String sentence) throws Exception {
        Ended ended = run(
                project().resolve("infra/hooks/build.sh"),
                "",
                Map.of(
                        "MACHINE",
                        machine,
                        "ACR_ATTACH_WORKER",
                        worker,
                        "ACR_ATTACH_PACKAGE_URI",
                        Objects.requireNonNullElse(uri, "")),
                Set.of());
        assertThat(ended.code()).isNotZero();
        assertThat(ended.output()).contains(sentence);
        assertThat(ended.calls()).isEmpty();
    }

    @Test
    void executableOfOlderSourcesIsBuiltAnew() throws Exception {
        Path hook = project().resolve("infra/hooks/build.sh");
        Path source = folder.resolve("project/src/main/Source.java");
        Path executable = folder.resolve("project/target/custom-handler/acr-attach");
        Files.createDirectories(executable.getParent());
        Files.setLastModifiedTime(Files.createFile(executable), FileTime.fromMillis(2_000_000));
        assertThat(executable.toFile().setExecutable(true)).isTrue();
        assertThat(run(hook, "", Map.of("MACHINE", "Linux x86_64"), Set.of()).calls())
                .isEmpty();
        Files.setLastModifiedTime(source, FileTime.fromMillis(3_000_000));
        assertThat(run(hook, "", Map.of("MACHINE", "Linux x86_64"), Set.of()).calls())
                .singleElement()
                .asString()
                .startsWith("mvn ")
                .contains("package -Dnative");
    }

    /** A project in which nothing is but the script that builds it and what that looks at. */
    private Path project() throws IOException {
        Path project = folder.resolve("project");
        Path hook = project.resolve("infra/hooks/build.sh");
        Files.createDirectories(hook.getParent());
        Files.copy(HOOKS.resolve("build.sh"), hook, StandardCopyOption.COPY_ATTRIBUTES);
        for (String file : List.of("src/main/Source.java", "pom.xml", "host.json")) {
            Path source = project.resolve(file);
            Files.createDirectories(source.getParent());
            Files.setLastModifiedTime(Files.createFile(source), FileTime.fromMillis(1_000_000));
        }
        return project;
    }

    private Ended run(String script, String az) throws Exception {
        return run(script, az, Map.of());
    }

    private Ended run(String script, String az, Map<String, String> more) throws Exception {
        return run(script, az, more, Set.of());
    }

    private Ended run(String script, String az, Map<String, String> more, Set<String> less) throws Exception {
        return run(HOOKS.resolve(script), az, more, less);
    }

    private Ended run(Path script, String az, Map<String, String> more, Set<String> less) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/jq")), "HOOKS NOT RUN: they need jq");
        Path calls = Files.writeString(folder.resolve("calls"), "");
        for (String program : List.of("az", "azd", "curl", "mvn", "sleep", "uname")) {
            Path standIn = Files.writeString(
                    folder.resolve(program),
                    "#!/bin/sh\n"
                            + switch (program) {
                                case "az" -> noted(program, calls) + in(HOME, OTHER, az);
                                case "uname" -> "[ \"$1\" = -s ] && echo ${MACHINE% *} || echo ${MACHINE#* }\n";
                                case "sleep" -> "";
                                default -> noted(program, calls);
                            });
            assertThat(standIn.toFile().setExecutable(true)).isTrue();
        }
        ProcessBuilder builder = new ProcessBuilder(script.toAbsolutePath().toString()).redirectErrorStream(true);
        builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        builder.environment()
                .putAll(Map.of(
                        "AZURE_SUBSCRIPTION_ID",
                        HOME,
                        "AZURE_RESOURCE_GROUP",
                        "rg-acr-attach",
                        "ACR_ATTACH_NAME",
                        "acr-attach",
                        "ACR_ATTACH_APP",
                        "func",
                        "ACR_ATTACH_PRINCIPAL_ID",
                        "principal",
                        "ACR_ATTACH_SUBSCRIPTIONS",
                        HOME + "," + OTHER));
        builder.environment().putAll(more);
        builder.environment().keySet().removeAll(less);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        return new Ended(
                code,
                output,
                Files.readAllLines(calls).stream()
                        .map(String::strip)
                        .filter(each -> !each.isEmpty())
                        .toList());
    }

    private static String noted(String program, Path calls) {
        return "echo " + program + " \"$*\" | tr '\\n' ' ' | tr -s ' ' >>" + calls + "\necho >>" + calls + "\n";
    }

    private static String in(String home, String other, String az) {
        return az.replace("TOPIC_THEIRS", """
                        {"id": "/subscriptions/HOME/resourceGroups/soc/x", "name": "theirs", "resourceGroup": "soc",
                         "topicType": "Microsoft.Resources.Subscriptions", "identity": null}""")
                .replace("TOPIC_OURS", """
                        {"id": "/subscriptions/HOME/resourceGroups/rg-acr-attach/x", "name": "evgt-acr-attach-abcdefghijklm",
                         "resourceGroup": "rg-acr-attach", "topicType": "Microsoft.Resources.Subscriptions"}""")
                .replace("HOME", home)
                .replace("OTHER", other);
    }
}
