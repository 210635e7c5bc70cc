package io.github.acrattach.bench;

import io.github.acrattach.Estates;
import io.github.acrattach.emulator.Emulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The old way: az aks show, az acr show, az role assignment create. Where {@code az role assignment create} is broken, as
 * in Debian 12's azure-cli 2.45, the third step is the same PUT by {@code az rest}, which does less.
 */
final class Recipe {

    private final Path home;
    private final Path certificate;
    private final boolean assigns;

    private Recipe(Path home, Path certificate, boolean assigns) {
        this.home = home;
        this.certificate = certificate;
        this.assigns = assigns;
    }

    static boolean isPossible() throws IOException, InterruptedException {
        return new ProcessBuilder("sh", "-c", "command -v az").start().waitFor() == 0;
    }

    /** Signs in, which is not measured. */
    static Recipe signIn(Emulator emulator, Path certificate) throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("bench-az");
        String url = emulator.uri() + "/";
        Path cloud = Files.writeString(
                home.resolve("cloud.json"),
                ("{'endpoints':{'activeDirectory':'%1$sadfs','activeDirectoryGraphResourceId':'%1$s',"
                                + "'activeDirectoryResourceId':'%1$s','management':'%1$s','resourceManager':'%1$s',"
                                + "'microsoftGraphResourceId':'%1$s'},'suffixes':{'acrLoginServerEndpoint':'.azurecr.io',"
                                + "'storageEndpoint':'core.windows.net','keyvaultDns':'.vault.azure.net'}}")
                        .formatted(url)
                        .replace('\'', '"'));
        Recipe recipe = new Recipe(home, certificate, true);
        recipe.az("cloud", "register", "-n", "Emulator", "--cloud-config", "@" + cloud);
        recipe.az("cloud", "set", "-n", "Emulator");
        recipe.az(
                "login",
                "--service-principal",
                "-u",
                "f5b6c7d8-e9f0-4a1b-8c2d-3e4f5a6b7c8d",
                "-p",
                "made-up-secret-of-you",
                "--tenant",
                Estates.TENANT);
        recipe.az("account", "set", "-s", Estates.PRODUCTION);
        return new Recipe(home, certificate, recipe.tryAz(recipe.assignment()) == 0);
    }

    String name() {
        return assigns
                ? "az aks show, az acr show, az role assignment create"
                : "az aks show, az acr show, az rest (PUT)";
    }

    void run() throws IOException, InterruptedException {
        az("aks", "show", "-g", "platform", "-n", "aks-shop", "--query", "identityProfile.kubeletidentity.objectId");
        az("acr", "show", "-n", "acrshop", "-g", "platform", "--query", "id");
        if (assigns) {
            az(assignment());
        } else {
            String role = "/subscriptions/" + Estates.PRODUCTION
                    + "/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d";
            az(
                    "rest",
                    "--method",
                    "put",
                    "--url",
                    Estates.registry("acrshop") + "/providers/Microsoft.Authorization/roleAssignments/"
                            + UUID.randomUUID() + "?api-version=2022-04-01",
                    "--body",
                    "{\"properties\":{\"roleDefinitionId\":\"" + role + "\",\"principalId\":\"" + Estates.SHOP_KUBELET
                            + "\",\"principalType\":\"ServicePrincipal\"}}");
        }
    }

    private String[] assignment() {
        return new String[] {
            "role",
            "assignment",
            "create",
            "--assignee-object-id",
            Estates.SHOP_KUBELET,
            "--assignee-principal-type",
            "ServicePrincipal",
            "--role",
            "AcrPull",
            "--scope",
            Estates.registry("acrshop")
        };
    }

    private void az(String... arguments) throws IOException, InterruptedException {
        if (tryAz(arguments) != 0) {
            throw new IllegalStateException("az " + String.join(" ", arguments) + " failed; see " + home);
        }
    }

    private int tryAz(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("az"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--only-show-errors"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        home.resolve("output.txt").toFile()));
        builder.environment().put("AZURE_CONFIG_DIR", home.toString());
        builder.environment().put("AZURE_CORE_COLLECT_TELEMETRY", "no");
        builder.environment().put("REQUESTS_CA_BUNDLE", certificate.toString());
        Process process = builder.start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return -1;
        }
        return process.exitValue();
    }
}
