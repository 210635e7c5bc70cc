package io.github.acrattach.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        assertThat(named).hasSize(5).allMatch(Files::isExecutable);
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
                  *'system-topic list'*11111111*) printf 'soc\\ttheirs\\n' ;;
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

    @Test
    void lockKeepsEverythingFromBeingTakenBack() throws Exception {
        Ended ended = run("take-back.sh", """
                case "$*" in *'lock list'*) echo /the/lock ;; esac
                """);
        assertThat(ended.code()).isNotZero();
        assertThat(ended.output()).contains("Nothing was taken back").contains("/the/lock");
        assertThat(ended.calls()).hasSize(1);
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

    @Test
    void topicsThatAreThereAreRememberedForTheTemplate() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/jq")), "HOOK NOT RUN: it needs jq");
        Ended ended = run("remember-topics.sh", """
                case "$*" in
                  *'system-topic list'*) echo '[{"subscriptionId":"s","resourceGroup":"soc","name":"t","principalId":null}]' ;;
                esac
                """);
        assertThat(ended.output()).contains("is there already");
        assertThat(ended.calls())
                .contains("azd env set ACR_ATTACH_EXISTING_TOPICS"
                        + " [{\"subscriptionId\":\"s\",\"resourceGroup\":\"soc\",\"name\":\"t\"}]");
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
        assertThat(ended.calls()).anyMatch(each -> each.endsWith("https://app.example.com/api/self"));
        assertThat(ended.output() + ended.calls()).doesNotContain("made-up-key");
    }

    @Test
    void functionIsSubscribedOnceItsCodeIsThere() throws Exception {
        Ended ended = run("after-deploy.sh", "echo answer", Map.of("ACR_ATTACH_DELIVERY", "function"));
        assertThat(ended.calls())
                .startsWith("azd env set ACR_ATTACH_CODE_DEPLOYED true", "azd provision --no-prompt")
                .anyMatch(each -> each.endsWith("/api/self"));
    }

    private Ended run(String script, String az) throws Exception {
        return run(script, az, Map.of());
    }

    private Ended run(String script, String az, Map<String, String> more) throws Exception {
        Path calls = Files.createFile(folder.resolve("calls"));
        for (String program : List.of("az", "azd", "curl")) {
            Path standIn = Files.writeString(
                    folder.resolve(program),
                    "#!/bin/sh\necho " + program + " \"$*\" | tr '\\n' ' ' | tr -s ' ' >>" + calls + "\necho >>" + calls
                            + "\n" + (program.equals("az") ? az : ""));
            assertThat(standIn.toFile().setExecutable(true)).isTrue();
        }
        ProcessBuilder builder =
                new ProcessBuilder(HOOKS.resolve(script).toAbsolutePath().toString()).redirectErrorStream(true);
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
}
