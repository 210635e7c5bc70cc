package io.github.acrattach;

import static io.github.acrattach.SituationWorld.CLUSTER;
import static io.github.acrattach.SituationWorld.CONTROL_PLANE;
import static io.github.acrattach.SituationWorld.GROUP;
import static io.github.acrattach.SituationWorld.KUBELET;
import static io.github.acrattach.SituationWorld.SERVICE_PRINCIPAL;
import static io.github.acrattach.SituationWorld.SHOP;

import java.time.Duration;
import java.util.List;

/** What can be wrong with a pull secret. */
final class SecretSituations {

    private static final String SECRET = "/api/v1/namespaces/shop/secrets/acr-attach-acrshop";

    private SecretSituations() {}

    static List<Situation> all() {
        return List.of(
                Situation.of("a secret that pulls", world -> world.attached("secret"))
                        .effective()
                        .unseenByTheRegistry(),
                Situation.of("a secret that is gone from a namespace", world -> world.attached("secret")
                                .kubernetes("DELETE", SECRET, ""))
                        .blocked("SECRET_ABSENT")
                        .unseenByTheRegistry(),
                Situation.of("a secret that somebody edited", world -> world.attached("secret")
                                .edited(SECRET))
                        .blocked("SECRET_EDITED")
                        .unseenByTheRegistry(),
                Situation.of("a token that is disabled", world -> world.attached("secret")
                                .token("'status':'disabled'"))
                        .blocked("CREDENTIAL_DISABLED")
                        .unseenByTheRegistry(),
                Situation.of("a token of another scope map", world -> world.attached("secret")
                                .scopeMap("\'actions\':[\'repositories/*/content/write\']"))
                        .missing("CREDENTIAL_WITHOUT_RIGHT")
                        .unseenByTheRegistry(),
                Situation.of("a token that is gone", world -> world.attached("secret")
                                .withoutToken()
                                .change(CLUSTER, "'tags':{'way':'secret'}"))
                        .missing("NO_CREDENTIAL")
                        .failing("SECRET_OUTDATED")
                        .unseenByTheRegistry(),
                Situation.of("a secret, and public access off", world -> world.attached("secret")
                                .registry(SHOP, "'publicNetworkAccess':'Disabled'"))
                        .blocked("PUBLIC_ACCESS_OFF")
                        .noted("CREDENTIAL_NOT_TRIED")
                        .unseenByTheRegistry(),
                Situation.of("a secret, and a stopped cluster", world -> world.attached("secret")
                                .cluster("'powerState':{'code':'Stopped'}"))
                        .blocked("CLUSTER_STOPPED")
                        .noted("CLUSTER_NOT_REACHABLE")
                        .unseenByTheRegistry(),
                Situation.of("a secret beside an old AcrPull", world -> world.attached("secret")
                                .role(KUBELET, "AcrPull", SHOP))
                        .effective()
                        .unseenByTheRegistry(),
                Situation.of("a secret that is gone beside an old AcrPull", world -> world.role(
                                        KUBELET, "AcrPull", SHOP)
                                .attached("secret")
                                .kubernetes("DELETE", SECRET, ""))
                        .effective()
                        .failing("SECRET_ABSENT"),
                Situation.of("a secret beside an AcrPull of five minutes ago", world -> world.attached("secret")
                                .role(KUBELET, "AcrPull", SHOP, Duration.ofMinutes(5)))
                        .effective()
                        .unseenByTheRegistry(),
                Situation.of(
                                "a rule that wants a secret where there is none",
                                world -> world.change(CLUSTER, "'tags':{'way':'secret'}"))
                        .missing("NO_CREDENTIAL")
                        .failing("SECRET_ABSENT"),
                Situation.of("a rule that wants a secret where AcrPull is", world -> world.change(
                                        CLUSTER, "'tags':{'way':'secret'}")
                                .role(KUBELET, "AcrPull", SHOP))
                        .effective()
                        .failing("NO_CREDENTIAL", "SECRET_ABSENT"),
                Situation.of("a rule that takes what it gets, and AcrPull", world -> world.change(
                                        CLUSTER, "'tags':{'way':'auto'}")
                                .role(KUBELET, "AcrPull", SHOP))
                        .effective(),
                Situation.of(
                                "a rule that takes what it gets, and nothing",
                                world -> world.change(CLUSTER, "'tags':{'way':'auto'}"))
                        .missing("NO_RIGHT")
                        .failing("NO_CREDENTIAL", "SECRET_ABSENT"),
                Situation.of("a secret of a service account that nobody refers to it", world -> world.attached("secret")
                                .unreferenced())
                        .effective()
                        .noted("SECRET_NOT_REFERENCED")
                        .unseenByTheRegistry(),
                Situation.of("a secret, and an image of it", world -> world.attached("secret"))
                        .ofImage("acrshop.azurecr.io/shop/web:1.0")
                        .effective()
                        .unseenByTheRegistry(),
                Situation.of("a secret for one repository", SecretSituations::narrow)
                        .conditional("ONLY_SOME_REPOSITORIES"),
                Situation.of("a secret for one repository, and it is wanted", SecretSituations::narrow)
                        .ofImage("acrshop.azurecr.io/shop/web:1.0")
                        .effective()
                        .unseenByTheRegistry(),
                Situation.of("a secret for one repository, and another is wanted", SecretSituations::narrow)
                        .ofImage("acrshop.azurecr.io/team/api:1.0")
                        .missing("REPOSITORY_NOT_COVERED")
                        .unseenByTheRegistry(),
                Situation.of(
                                "a secret, and an image at a regional endpoint that the registry does not have",
                                world -> world.attached("secret"))
                        .ofImage("acrshop.westeurope.geo.azurecr.io/shop/web:1.0")
                        .blocked("IMAGE_OF_ANOTHER_REGISTRY")
                        .unseenByTheRegistry(),
                Situation.of("a secret of which nobody may read the token", world -> world.attached("secret")
                                .change(CLUSTER, "'tags':{'way':'secret'}")
                                .refused("/tokens"))
                        .unknown("CREDENTIAL_NOT_READABLE"),
                Situation.of("a secret that no registry answers for", world -> world.attached("secret")
                                .change(CLUSTER, "'tags':{'way':'secret'}")
                                .answered("/tokens", 503, "ServerBusy", "Busy."))
                        .unknown("CREDENTIAL_NOT_READABLE"),
                Situation.of("anonymous pull, and a secret of a disabled token", world -> world.attached("secret")
                                .token("'status':'disabled'")
                                .registry(SHOP, "'anonymousPullEnabled':true"))
                        .effective("ANONYMOUS_PULL")
                        .failing("CREDENTIAL_DISABLED")
                        .unseenByTheRegistry(),
                Situation.of("a secret of somebody else under the name", world -> world.attached("secret")
                                .disowned(SECRET))
                        .blocked("SECRET_OF_SOMEBODY_ELSE")
                        .unseenByTheRegistry(),
                Situation.of("a secret, and a rule that takes what it gets", world -> world.attached("secret")
                                .change(CLUSTER, "'tags':{'way':'auto'}"))
                        .effective()
                        .unseenByTheRegistry(),
                Situation.of("a secret, and AcrPull on the control plane", world -> world.attached("secret")
                                .role(CONTROL_PLANE, "AcrPull", SHOP))
                        .effective()
                        .unseenByTheRegistry(),
                Situation.of("a secret, and a denial", world -> world.attached("secret")
                                .denial(GROUP, "{'actions':['Microsoft.ContainerRegistry/registries/pull/read']}", ""))
                        .effective()
                        .unseenByTheRegistry(),
                Situation.of("a secret, and anonymous pull", world -> world.attached("secret")
                                .registry(SHOP, "'anonymousPullEnabled':true"))
                        .effective("ANONYMOUS_PULL")
                        .unseenByTheRegistry(),
                Situation.of("a secret that is gone from a namespace, and anonymous pull", world -> world.attached(
                                        "secret")
                                .kubernetes("DELETE", SECRET, "")
                                .registry(SHOP, "'anonymousPullEnabled':true"))
                        .effective("ANONYMOUS_PULL")
                        .failing("SECRET_ABSENT")
                        .unseenByTheRegistry(),
                Situation.of("a token that is disabled beside a new AcrPull", world -> world.attached("secret")
                                .token("'status':'disabled'")
                                .role(KUBELET, "AcrPull", SHOP, Duration.ofMinutes(5)))
                        .granted("NOT_EFFECTIVE_YET")
                        .failing("CREDENTIAL_DISABLED")
                        .unseenByTheRegistry(),
                Situation.of("a service principal without a right, and a secret of the nodes", world -> world.attached(
                                        "secret")
                                .directory(SERVICE_PRINCIPAL, "'accountEnabled':false"))
                        .effective()
                        .unseenByTheRegistry(),
                Situation.of("a secret, and an image of another registry", world -> world.attached("secret"))
                        .ofImage("acrdata-a1b2c3d4e5f6.azurecr.io/etl:1")
                        .blocked("IMAGE_OF_ANOTHER_REGISTRY")
                        .unseenByTheRegistry(),
                Situation.of("a secret, and an API server that is out of reach", world -> world.attached("secret")
                                .cluster("'apiServerAccessProfile':{'enablePrivateCluster':true}"))
                        .unknown("CLUSTER_NOT_REACHABLE")
                        .unseenByTheRegistry());
    }

    private static void narrow(SituationWorld world) {
        world.change(CLUSTER, "'tags':{'way':'narrow'}").attached("secret");
    }
}
