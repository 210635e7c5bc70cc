package io.github.acrattach.adapter.acr;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.adapter.azure.Reply;
import io.github.acrattach.domain.AzCommand;
import io.github.acrattach.domain.OutsideText;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.Proof;
import io.github.acrattach.domain.Proof.Verdict;
import io.github.acrattach.domain.Registry;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the answers of a registry to a user name come to. */
record Verdicts(Registry registry, String username) {

    private static final Pattern ADDRESS = Pattern.compile("client with IP '([0-9A-Fa-f.:]{2,45})'");

    Proof rejected() {
        return of(
                Verdict.REJECTED,
                Kind.CREDENTIAL_REJECTED,
                "The registry " + registry.loginServer() + " does not accept the password of " + username
                        + ": it is wrong, has expired, or is so new that the registry does not know it yet.",
                "A fresh password is known within minutes; " + Problem.WAITING_HELPS);
    }

    Proof unauthorized(String repository) {
        return of(
                Verdict.UNAUTHORIZED,
                Kind.CREDENTIAL_UNAUTHORIZED,
                "The registry " + registry.loginServer() + " accepts " + username
                        + ", but does not let it pull from the repository " + repository + '.',
                "A role or scope map that was given just now takes up to ten minutes; if it stays so, look at"
                        + " az acr token show --registry \"" + registry.id().name() + "\" --name \"" + username
                        + "\" --resource-group \"" + registry.id().resourceGroup() + "\" --subscription \""
                        + registry.id().subscription() + "\", or at az role assignment list --assignee \"" + username
                        + "\" --scope \"" + registry.id()
                        + '"');
    }

    Proof noRepository(String repository) {
        return of(
                Verdict.NO_REPOSITORY,
                Kind.REPOSITORY_MISSING,
                "The registry " + registry.loginServer() + " holds no repository " + repository + '.',
                "az acr repository list " + byHost() + "   (push an image, or correct the setting"
                        + " ACR_ATTACH_RULES_<RULE>_SECRET_REPOSITORIES)");
    }

    /** Its network rules keep this program out, which says nothing about the nodes. */
    Proof unreachable(Reply reply) {
        String words = words(reply);
        // A registry's own refusal has a code: learn.microsoft.com/azure/container-registry, troubleshoot-access.
        if (reply.json().path("errors").path(0).path("code").asText("").isEmpty()) {
            return blocked(reply);
        }
        Matcher address = ADDRESS.matcher(words);
        String from = address.find() ? address.group(1) : "<address of this program>";
        return of(
                Verdict.UNREACHABLE,
                Kind.REGISTRY_UNREACHABLE,
                "The registry " + registry.loginServer() + " does not let this program in. It answered "
                        + reply.status() + (words.isEmpty() ? "." : ": " + words),
                "az acr network-rule add" + AzCommand.which(registry.id()) + " --ip-address \"" + from
                        + "\"   (with private endpoints alone, connect this program to their network instead; or"
                        + " open it to everybody: az acr update" + AzCommand.which(registry.id())
                        + " --default-action Allow)");
    }

    private Proof blocked(Reply reply) {
        return of(
                Verdict.UNREACHABLE,
                Kind.REGISTRY_UNREACHABLE,
                "What answers " + reply.status() + " at " + registry.loginServer()
                        + " does not refuse as a registry does: a" + " proxy or firewall in between does.",
                "Let this program through to " + registry.loginServer() + " there; curl -v https://"
                        + registry.loginServer() + "/v2/ from where it runs shows what answers.");
    }

    Proof noRegistry(Reply reply) {
        return of(
                Verdict.UNREACHABLE,
                Kind.REGISTRY_UNREACHABLE,
                "What answers at " + registry.loginServer() + " does not ask for a password as a registry does. It"
                        + " answered " + reply.status() + '.',
                "Look at what stands in between: nslookup " + registry.loginServer() + ", and curl -v https://"
                        + registry.loginServer() + "/v2/ from where this program runs.");
    }

    Proof noWay(String why) {
        return of(
                Verdict.UNREACHABLE,
                Kind.REGISTRY_UNREACHABLE,
                "This program cannot reach the registry " + registry.loginServer() + ": " + why,
                "az functionapp vnet-integration add --resource-group \"<its resource group>\" --name \"<this function app>\""
                        + " --vnet \"<id of the network>\" --subnet \"<subnet>\"   (where the registry has private"
                        + " endpoints: into their network, with its DNS; what the name resolves to is told by nslookup "
                        + registry.loginServer() + ')');
    }

    /** Of a failure that has been told already. */
    static Proof unreachable(Problem problem) {
        return Proof.of(Verdict.UNREACHABLE, problem);
    }

    private Proof of(Verdict verdict, Kind kind, String cause, String fix) {
        return Proof.of(verdict, Problem.of(kind, cause, registry.id(), fix));
    }

    /** For a command that takes no resource group: of registries of one name, the hash in its host tells the right one. */
    private String byHost() {
        String host = registry.loginServer().split("\\.", 2)[0];
        int hash = host.indexOf('-');
        return "--name \"" + registry.id().name() + "\" --subscription \""
                + registry.id().subscription() + '"'
                + (hash < 0 ? "" : " --suffix \"" + host.substring(hash + 1) + '"');
    }

    /** The registry's own, on one line. */
    private static String words(Reply reply) {
        JsonNode error = reply.json().path("errors").path(0);
        return OutsideText.line(error.path("message").asText(""));
    }
}
