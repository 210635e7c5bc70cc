package io.github.acrattach.emulator.arm.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.arm.Call;
import io.github.acrattach.emulator.arm.Route;
import io.github.acrattach.emulator.arm.authorization.Rights;
import io.github.acrattach.emulator.estate.Subscription;
import io.github.acrattach.emulator.estate.Tenant;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import java.util.List;
import java.util.stream.Stream;

/**
 * The tenant and its subscriptions; a caller sees those in which it may read them, by a role at whatever scope: "gets the
 * list of subscriptions" is what Azure says that the action is for
 * (learn.microsoft.com/azure/role-based-access-control/permissions/management-and-governance).
 */
final class Subscriptions {
    private static final String READ = "Microsoft.Resources/subscriptions/read";

    private final Tenant tenant;
    private final List<Subscription> subscriptions;
    private final Rights rights;

    Subscriptions(Tenant tenant, List<Subscription> subscriptions, Rights rights) {
        this.tenant = tenant;
        this.subscriptions = subscriptions;
        this.rights = rights;
    }

    List<Route> routes() {
        return List.of(
                Route.forEverybody("GET", "/tenants", this::tenants),
                Route.forEverybody("GET", "/subscriptions", this::list),
                Route.of("GET", "/subscriptions/{subscription}", READ, this::get));
    }

    private Answer tenants(Call call) {
        ObjectNode body = Json.object()
                .put("id", "/tenants/" + tenant.id())
                .put("tenantId", tenant.id())
                .put("countryCode", "DE")
                .put("displayName", tenant.displayName())
                .<ObjectNode>set("domains", Json.texts(Stream.of(tenant.defaultDomain())))
                .put("tenantCategory", "Home")
                .put("defaultDomain", tenant.defaultDomain())
                .put("tenantType", "AAD");
        return Answer.json(200, Json.object().set("value", Json.array(Stream.of(body))));
    }

    private Answer list(Call call) {
        List<ObjectNode> seen = subscriptions.stream()
                .filter(each -> rights.see(call.caller().objectId(), READ, "/subscriptions/" + each.id()))
                .map(this::body)
                .toList();
        return Answer.json(
                200,
                Json.object()
                        .<ObjectNode>set("value", Json.array(seen.stream()))
                        .set("count", Json.object().put("type", "Total").put("value", seen.size())));
    }

    private Answer get(Call call) {
        return Answer.json(
                200,
                subscriptions.stream()
                        .filter(each -> each.id().equalsIgnoreCase(call.subscription()))
                        .findFirst()
                        .map(this::body)
                        .orElseThrow());
    }

    private ObjectNode body(Subscription subscription) {
        ObjectNode body = Json.object()
                .put("id", "/subscriptions/" + subscription.id())
                .put("authorizationSource", "RoleBased")
                .<ObjectNode>set("managedByTenants", Json.array(Stream.empty()))
                .put("subscriptionId", subscription.id())
                .put("tenantId", subscription.tenantId().orElse(tenant.id()))
                .put("displayName", subscription.displayName())
                .put("state", "Enabled");
        return body.set(
                "subscriptionPolicies",
                Json.object()
                        .put("locationPlacementId", "Public_2014-09-01")
                        .put("quotaId", "PayAsYouGo_2014-09-01")
                        .put("spendingLimit", "Off"));
    }
}
