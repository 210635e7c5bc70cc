package io.github.acrattach.trigger;

import io.github.acrattach.domain.FunctionApp;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Text of a setting in whose place another should stand: a reference that the Functions host was to resolve
 * (learn.microsoft.com/azure/app-service/app-service-key-vault-references: where it cannot, the app gets the reference
 * itself), or a placeholder that a deployment was to replace. What it says is never told: the setting may be a secret.
 */
final class UnresolvedText {

    private static final Pattern REFERENCE =
            Pattern.compile("@Microsoft\\s*[.]\\s*(KeyVault|AppConfiguration)\\s*\\(", Pattern.CASE_INSENSITIVE);

    /** Of deployment tools and shells. The program's own settings library would take ${..} for another setting, or for none. */
    private static final String PLACEHOLDER =
            "#\\{[^{}]*}#?|\\$\\{[^{}]*}?|\\$\\([^()]*\\)|\\{\\{[^{}]*}}|%[A-Z][A-Z0-9_]{3,}%";

    private static final String ANGLE_BRACKETS = "<[^<>]*>";

    private static final Pattern ANYWHERE = Pattern.compile(PLACEHOLDER + "|" + ANGLE_BRACKETS);

    /** A tag may have such a value. */
    private static final Pattern IN_TAGS = Pattern.compile(PLACEHOLDER);

    /** A secret is random, and may hold the one or other of these characters. */
    private static final Pattern WHOLE = Pattern.compile(PLACEHOLDER + "|" + ANGLE_BRACKETS + "|\\$[A-Z][A-Z0-9_]+");

    private static final Pattern SECRET = Pattern.compile(".*(CLIENT_SECRET|PASSWORD)|IDENTITY_HEADER");
    private static final Pattern TAGS = Pattern.compile(".*_(TAGS|NAMESPACE_LABELS)");

    private UnresolvedText() {}

    /** Why the value cannot be meant; empty when it may be. */
    static Optional<String> in(String name, String value, FunctionApp app) {
        if (REFERENCE.matcher(value).find()) {
            return Optional.of("The setting " + name + " is a reference to Key Vault or App Configuration that the "
                    + (app.kind() == FunctionApp.Kind.CONTAINER_APP
                            ? inContainerApp(name, app)
                            : inFunctionApp(name, app)));
        }
        boolean isPlaceholder = SECRET.matcher(name).matches()
                ? WHOLE.matcher(value.strip()).matches()
                : (TAGS.matcher(name).matches() ? IN_TAGS : ANYWHERE)
                                .matcher(value)
                                .find()
                        || WHOLE.matcher(value.strip()).matches()
                                && !TAGS.matcher(name).matches();
        return isPlaceholder
                ? Optional.of(
                        "The setting " + name + " holds a placeholder, such as #{name}#, ${NAME}, $(NAME) or <name>,"
                                + " that the deployment did not replace: have it write the value, or leave the setting out.")
                : Optional.empty();
    }

    private static String inFunctionApp(String name, FunctionApp app) {
        return "Functions host did not resolve. The whole of a setting is such a reference, without blanks around it; what"
                + " else is wrong with it says: az rest --method GET --url \"$(az functionapp show" + app.which()
                + " --query id --output tsv)/config/configreferences/appsettings/" + name + "?api-version=2024-04-01\"";
    }

    /** There, a secret of the app refers to the vault: learn.microsoft.com/azure/container-apps/manage-secrets. */
    private static String inContainerApp(String name, FunctionApp app) {
        return "host of a container app resolves in no variable. Have a secret of the app refer to the vault, and then: "
                + "az containerapp update" + app.which() + " --set-env-vars \"" + name
                + "=secretref:<name of that secret>\"";
    }
}
