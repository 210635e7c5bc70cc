package io.github.acrattach.usecase;

import io.github.acrattach.concurrent.SideBySide;
import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.DirectoryPermission;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.PairingPolicy;
import io.github.acrattach.domain.PairingRule;
import io.github.acrattach.domain.PairingRule.Method;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.installation.Check;
import io.github.acrattach.domain.installation.Check.Subject;
import io.github.acrattach.domain.installation.OwnGrant;
import io.github.acrattach.domain.installation.Right;
import io.github.acrattach.domain.installation.Right.Side;
import io.github.acrattach.domain.installation.Right.Use;
import io.github.acrattach.domain.installation.ScopeRights;
import io.github.acrattach.port.ClusterWays;
import io.github.acrattach.port.Identities;
import io.github.acrattach.port.Permissions;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** What the program may do, against what the methods of the rules take. */
@Singleton
record InspectRights(PairingPolicy policy, ClusterWays ways, Permissions permissions, Identities identities) {

    /** Lets its holder write every application, which includes its own. */
    private static final String ALL = "Application.ReadWrite.All";

    /** In a subscription that holds clusters, registries or both. */
    List<Check> in(
            UUID subscription,
            boolean holdsClusters,
            boolean holdsRegistries,
            Optional<String> objectId,
            Inspection inspection) {
        String scope = "/subscriptions/" + subscription;
        List<Right> needed = needed().filter(right -> right.side() == Side.CLUSTERS ? holdsClusters : holdsRegistries)
                .toList();
        return SideBySide.both(
                () -> inspection.look(() -> permissions.at(scope)),
                () -> objectId.map(id -> inspection.look(() -> permissions.grants(id, scope)))
                        .orElseGet(InspectRights::ofNobody),
                (held, grants) -> new ScopeRights(scope, needed, held, grants, objectId).checks());
    }

    private static Lookup<List<OwnGrant>> ofNobody() {
        return new Lookup.Denied<>(new Problem(
                Problem.Kind.REJECTED,
                "The token of this program does not tell its object id.",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "sign in by a managed identity or a service principal"));
    }

    Stream<Right> needed() {
        Set<Use> uses = EnumSet.of(Use.READING);
        if (policy.rules().isEmpty()) {
            uses.add(Use.ROLES);
        }
        policy.rules().forEach(rule -> uses.addAll(usesOf(rule)));
        return Stream.of(Right.values()).filter(right -> uses.contains(right.use()));
    }

    private Set<Use> usesOf(PairingRule rule) {
        Set<Use> uses = EnumSet.noneOf(Use.class);
        if (rule.method() != Method.SECRET) {
            uses.add(Use.ROLES);
        }
        if (rule.wantsSecret()) {
            uses.add(Use.SECRETS);
            uses.add(isOfDirectory(rule) ? Use.ROLES : Use.TOKENS);
            if (ways.adminCredential()) {
                uses.add(Use.ADMIN_CREDENTIAL);
            }
            if (ways.runCommand()) {
                uses.add(Use.RUN_COMMAND);
            }
        }
        return uses;
    }

    private static boolean isOfDirectory(PairingRule rule) {
        return rule.wantsSecret() && rule.secret().kind() == CredentialKind.SERVICE_PRINCIPAL;
    }

    /** In the directory. */
    List<Check> inDirectory(Optional<String> objectId, Inspection inspection) {
        if (policy.rules().stream().noneMatch(InspectRights::isOfDirectory)) {
            return List.of(Check.skipped(Subject.DIRECTORY_RIGHTS, "No rule makes service principals."));
        }
        return List.of(inspection
                .look(identities::directoryPermissions)
                .fold(
                        held -> inDirectory(held, objectId),
                        () -> Check.unknown(
                                Subject.DIRECTORY_RIGHTS,
                                "nothing",
                                "The token of this program does not tell which permissions it holds at Microsoft Graph.",
                                DirectoryPermission.OWN.fix(objectId)),
                        problem -> Check.unknown(Subject.DIRECTORY_RIGHTS, problem)));
    }

    private static Check inDirectory(Set<String> held, Optional<String> objectId) {
        String seen = held.isEmpty() ? "no permission" : String.join(", ", held);
        return held.contains(DirectoryPermission.OWN.azureName()) || held.contains(ALL)
                ? Check.ok(Subject.DIRECTORY_RIGHTS, seen)
                : Check.fails(
                        Subject.DIRECTORY_RIGHTS,
                        seen,
                        "Missing at Microsoft Graph: " + DirectoryPermission.OWN.azureName()
                                + ", by which rules make service principals.",
                        DirectoryPermission.OWN.fix(objectId));
    }
}
