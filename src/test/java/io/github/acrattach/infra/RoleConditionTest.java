package io.github.acrattach.infra;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.domain.AzCommand;
import io.github.acrattach.infra.RoleCondition.Act;
import io.github.acrattach.infra.Snapshot.Assignment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The condition under which roles may be assigned, evaluated for what is meant and for what an identity in other hands could try. */
class RoleConditionTest {

    private static final String HOME = "/subscriptions/" + Bicep.SUBSCRIPTION;

    private static final String PULL = "7f951dda-4ed3-4680-a7ca-43fe172d538d";

    private static final String REPOSITORY_READER = "b93aa761-3e63-49ed-ac28-beffa264f7ac";

    private static final String OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";

    private final Bicep bicep = Bicep.compiler();

    /** What an identity that was taken over could try; of the custom roles nothing but the condition allows any of it. */
    @ParameterizedTest
    @CsvSource({
        "write,  Request,  " + PULL + ",              ServicePrincipal,      true",
        "write,  Request,  " + REPOSITORY_READER + ", ServicePrincipal,      true",
        "delete, Resource, " + PULL + ",              ServicePrincipal,      true",
        "delete, Resource, " + REPOSITORY_READER + ", ServicePrincipal,      true",
        "write,  Request,  " + OWNER + ",             ServicePrincipal,      false",
        "write,  Request,  f58310d9-a9f6-439a-9e8d-f62e7b41a168, ServicePrincipal, false",
        "write,  Request,  acdd72a7-3385-48ef-bd42-f606fba81ae7, ServicePrincipal, false",
        "write,  Request,  8311e382-0749-4cb8-b61a-304f252e45ec, ServicePrincipal, false",
        "write,  Request,  " + PULL + ",              User,                  false",
        "write,  Request,  " + PULL + ",              Group,                 false",
        "write,  Request,  " + PULL + ",              ForeignGroup,          false",
        "write,  Request,  " + PULL + ",              Device,                false",
        "write,  Request,  " + PULL + ",              AgentUser,             false",
        "write,  Request,  " + PULL + ",              AgentServicePrincipal, false",
        "write,  Request,  " + PULL + ",              '',                    false",
        "write,  Request,  '',                        ServicePrincipal,      false",
        "write,  Resource, " + PULL + ",              ServicePrincipal,      false",
        "delete, Resource, " + OWNER + ",             ServicePrincipal,      false",
        "delete, Resource, " + PULL + ",              User,                  false",
        "delete, Resource, " + PULL + ",              Group,                 false",
        "delete, Resource, " + REPOSITORY_READER + ", AgentUser,             false",
        "delete, Request,  " + PULL + ",              ServicePrincipal,      false",
    })
    void conditionAllowsThePullRolesForServicePrincipals(
            String verb, String source, String role, String principalType, boolean allowed) {
        assertThat(RoleCondition.parse(condition())
                        .allows(new Act(
                                "Microsoft.Authorization/roleAssignments/" + verb, source, role, principalType)))
                .isEqualTo(allowed);
    }

    @Test
    void printedCommandsHoldTheConditionOfTheTemplate() throws IOException {
        Matcher printed =
                Pattern.compile("--condition \"([^\"]+)\"").matcher(Files.readString(Path.of("docs/permissions.md")));
        assertThat(printed.results().map(each -> each.group(1))).isNotEmpty().allMatch(condition()::equals);
        assertThat(AzCommand.allow("Microsoft.Authorization/roleAssignments/write", HOME, Optional.empty()))
                .contains("--condition \"" + condition() + '"');
    }

    private String condition() {
        return bicep.snapshot("default").assignments().stream()
                .map(Assignment::condition)
                .filter(each -> !each.isEmpty())
                .findFirst()
                .orElseThrow();
    }
}
