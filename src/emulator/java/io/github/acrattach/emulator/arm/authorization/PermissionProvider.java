package io.github.acrattach.emulator.arm.authorization;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.arm.ApiVersions;
import io.github.acrattach.emulator.arm.Call;
import io.github.acrattach.emulator.arm.Page;
import io.github.acrattach.emulator.arm.Route;
import io.github.acrattach.emulator.http.Answer;
import java.util.List;

/**
 * Tells a caller what it may do at a scope: what each of its roles there and above allows. Conditions are not told, nor what
 * is given below (learn.microsoft.com/rest/api/authorization/permissions).
 */
public final class PermissionProvider {
    private static final ApiVersions VERSIONS = ApiVersions.of(
            "Microsoft.Authorization", "permissions", "2022-04-01", "2018-07-01", "2018-01-01-preview", "2015-07-01");

    private final Rights rights;
    private final Page page;

    public PermissionProvider(Rights rights, Page page) {
        this.rights = rights;
        this.page = page;
    }

    public List<Route> routes() {
        return List.of(Route.of(
                "GET",
                "{scope*}/providers/Microsoft.Authorization/permissions",
                "Microsoft.Authorization/permissions/read",
                VERSIONS.only(this::list)));
    }

    private Answer list(Call call) {
        return page.answerInOrder(
                call,
                rights.permissions(call.caller().objectId(), call.variable("scope"))
                        .map(permission -> (ObjectNode) permission)
                        .toList());
    }
}
