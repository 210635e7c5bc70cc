package io.github.acrattach.adapter.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.domain.FunctionApp;
import io.github.acrattach.domain.Guid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What mends a refused sign-in, by the code of Entra ID (learn.microsoft.com/entra/identity-platform/reference-error-codes)
 * or by what the host of a managed identity says: that has no codes, and its words differ between App Service, Functions and
 * the metadata service.
 */
final class SignInDiagnosis {

    private static final Pattern CODE = Pattern.compile("AADSTS([0-9]{4,8})");

    private static final Pattern NO_SUCH_IDENTITY =
            Pattern.compile("(?i)unable to load the proper managed identity|no [a-z ]*(managed identity|msi) found"
                    + "|identity (has )?not (been )?(found|assigned)|has not been assigned to this resource"
                    + "|multiple user assigned identities exist");

    /** What a Kubernetes service account token says of itself, as far as it may stand in a command. */
    private static final Pattern ISSUER = Pattern.compile("https://[A-Za-z0-9._/-]{1,300}");

    private static final Pattern SUBJECT = Pattern.compile("[A-Za-z0-9._:/-]{1,300}");

    private static final String NAME_ONE =
            "name a user-assigned identity by its client id in the setting AZURE_CLIENT_ID";

    private final AzureSettings settings;
    private final FunctionApp app;

    SignInDiagnosis(AzureSettings settings, FunctionApp app) {
        this.settings = settings;
        this.app = app;
    }

    /** Empty where nothing better is known than to look at all settings. */
    Optional<SignInRefusal> of(String message) {
        if (settings.credential() == AzureSettings.Credential.DEVELOPER) {
            return Optional.of(developer());
        }
        Matcher code = CODE.matcher(message);
        if (code.find()) {
            return ofEntra(code.group(1)).map(fix -> new SignInRefusal("", fix));
        }
        if (settings.credential() == AzureSettings.Credential.MANAGED_IDENTITY) {
            return NO_SUCH_IDENTITY.matcher(message).find() ? Optional.of(noSuchIdentity()) : ofHost(message);
        }
        return settings.credential() == AzureSettings.Credential.WORKLOAD_IDENTITY
                        && message.contains("NoSuchFileException")
                ? Optional.of(new SignInRefusal("The file of AZURE_FEDERATED_TOKEN_FILE is gone.", tokenFile()))
                : Optional.empty();
    }

    /** No setting but the choice of this credential has a part in it. */
    private static SignInRefusal developer() {
        return new SignInRefusal(
                "Neither az login nor azd auth login has signed anybody in here, or not any more.",
                "az login   (with --tenant \"<tenant of the subscription>\" where it is another than your own; az account"
                        + " get-access-token then answers without a question)");
    }

    private Optional<String> ofEntra(String code) {
        return switch (code) {
            case "7000215", "7000222" ->
                Optional.of("az ad app credential reset --id \"" + clientId()
                        + "\" --append --display-name acr-attach   (and its password, not the id of it, into the setting"
                        + " AZURE_CLIENT_SECRET)");
            case "700016" ->
                Optional.of(
                        "az ad sp show --id \"" + clientId() + "\"   (correct AZURE_CLIENT_ID or AZURE_TENANT_ID; an"
                                + " application without a service principal in the tenant gets one by: az ad sp create --id \""
                                + clientId() + "\")");
            case "90002", "900023" ->
                Optional.of(
                        "az account show --query tenantId --output tsv   (into the setting AZURE_TENANT_ID; of another"
                                + " cloud, set ACR_ATTACH_AZURE_CLOUD)");
            case "700213", "70021", "700211", "700212" -> Optional.of(federate());
            case "700024", "50027" -> Optional.of(tokenFile());
            default -> Optional.empty();
        };
    }

    private String federate() {
        String list = "az ad app federated-credential list --id \"" + clientId() + '"';
        JsonNode claims =
                settings.federatedTokenFile().map(SignInDiagnosis::claims).orElse(Claims.in(""));
        String issuer = claims.path("iss").asText();
        String subject = claims.path("sub").asText();
        return ISSUER.matcher(issuer).matches() && SUBJECT.matcher(subject).matches()
                ? "az ad app federated-credential create --id \"" + clientId()
                        + "\" --parameters '{\"name\":\"acr-attach\","
                        + "\"issuer\":\"" + issuer + "\",\"subject\":\"" + subject
                        + "\",\"audiences\":[\"api://AzureADTokenExchange\"]}'   (those that there are: " + list
                        + "; of a managed identity: az identity federated-credential create)"
                : list
                        + "   (none of them has issuer, subject and audience of the token in AZURE_FEDERATED_TOKEN_FILE)";
    }

    private static JsonNode claims(Path file) {
        try {
            return Claims.in(Files.readString(file).strip());
        } catch (IOException gone) {
            return Claims.in("");
        }
    }

    private static String tokenFile() {
        return "kubectl rollout restart deployment <acr-attach>   (the kubelet keeps the file of AZURE_FEDERATED_TOKEN_FILE"
                + " fresh in a pod with the label azure.workload.identity/use=true; elsewhere, write a new token there)";
    }

    private Optional<SignInRefusal> ofHost(String message) {
        return message.contains("X-IDENTITY-HEADER") || message.matches("(?i).*\\b(unauthorized|forbidden)\\b.*")
                ? Optional.of(new SignInRefusal(
                        "The host of the " + app.what() + " does not accept its own IDENTITY_HEADER.",
                        app.restart() + "   (and no app setting may be called IDENTITY_ENDPOINT or IDENTITY_HEADER)"))
                : Optional.empty();
    }

    private SignInRefusal noSuchIdentity() {
        String which = "those that it has: " + app.showUserIdentities();
        return settings.clientId().isPresent()
                ? new SignInRefusal(
                        "No user-assigned identity with the client id " + clientId()
                                + " of AZURE_CLIENT_ID is assigned to this app or machine.",
                        app.assignUserIdentity()
                                + "   (or correct AZURE_CLIENT_ID; "
                                + which
                                + "; for the system-assigned identity, leave AZURE_CLIENT_ID out)")
                : new SignInRefusal(
                        "This app or machine has no system-assigned identity, and AZURE_CLIENT_ID names no user-assigned"
                                + " one.",
                        app.name().isPresent()
                                ? app.assignIdentity() + "   (or " + NAME_ONE + "; " + which + ')'
                                : NAME_ONE + "   (of a function app, " + which + "; without any: "
                                        + app.assignIdentity()
                                        + "; in a pod, set ACR_ATTACH_AZURE_CREDENTIAL to workload-identity)");
    }

    /** As it may stand in a command. */
    private String clientId() {
        return settings.clientId().flatMap(Guid::parse).map(UUID::toString).orElse("<client id>");
    }
}
