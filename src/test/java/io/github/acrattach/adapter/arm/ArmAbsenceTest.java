package io.github.acrattach.adapter.arm;

import static io.github.acrattach.adapter.azure.Answered.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.acrattach.Estates;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.adapter.azure.AzureAt;
import io.github.acrattach.adapter.azure.ManagedClusters;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.PullGrant;
import io.github.acrattach.domain.PullRole;
import io.github.acrattach.domain.Samples;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.estate.Estate;
import io.github.acrattach.emulator.frontdoor.Fault;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.port.CloudUnavailable;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which 404 proves that a cluster or registry is gone, wherever it is asked for. */
class ArmAbsenceTest {

    private static final ArmId CLUSTER = ArmId.parse(Estates.cluster("aks-shop"));
    private static final ArmId REGISTRY = ArmId.parse(Estates.registry("acrshop"));
    private static final Emulator EMULATOR = Emulator.start(EmulatorOptions.of(Estate.sample()));
    private static final Azure AZURE = AzureAt.emulator(EMULATOR);
    private static final ArmClusters CLUSTERS = new ArmClusters(AZURE, new ManagedClusters(AZURE));
    private static final ArmRegistries REGISTRIES = new ArmRegistries(AZURE);
    private static final ArmRoleAssignments ASSIGNMENTS = new ArmRoleAssignments(AZURE, Samples.VERSION);

    /** Where a cluster or registry can turn out to be gone. */
    enum Reader {
        CLUSTER_ITSELF(CLUSTER, "managedClusters/aks-shop$") {
            @Override
            Lookup<?> read(ArmId id) {
                return CLUSTERS.find(id);
            }
        },
        REGISTRY_ITSELF(REGISTRY, "registries/acrshop$") {
            @Override
            Lookup<?> read(ArmId id) {
                return REGISTRIES.find(id);
            }
        },
        ASSIGNMENTS_AT_A_REGISTRY(REGISTRY, "roleAssignments$") {
            @Override
            Lookup<?> read(ArmId id) {
                return ASSIGNMENTS.at(id);
            }
        };

        private final ArmId id;
        private final String path;

        Reader(ArmId id, String path) {
            this.id = id;
            this.path = path;
        }

        abstract Lookup<?> read(ArmId resource);

        Lookup<?> read(Answer answer) {
            EMULATOR.faults().add(Fault.reply(path, answer));
            return read(id);
        }
    }

    @AfterAll
    static void stop() {
        EMULATOR.close();
    }

    @BeforeEach
    void reset() {
        EMULATOR.reset();
    }

    static Stream<Arguments> proofs() {
        return eachReader(reader -> Stream.of(
                error(404, "ResourceNotFound", notFound(reader.id)),
                error(
                        404,
                        "resourcenotfound",
                        notFound(ArmId.parse(reader.id.toString().toUpperCase(Locale.ROOT)))),
                error(404, "ResourceGroupNotFound", "Resource group 'platform' could not be found.")));
    }

    @ParameterizedTest
    @MethodSource("proofs")
    void armsOwnWordForThisResourceIsAbsence(Reader reader, Answer answer) {
        assertThat(reader.read(answer)).isInstanceOf(Lookup.Absent.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"CLUSTER_ITSELF", "REGISTRY_ITSELF"})
    void whatIsNotThereIsAbsent(Reader reader) {
        assertThat(reader.read(ArmId.parse(reader.id + "-gone"))).isInstanceOf(Lookup.Absent.class);
        assertThat(reader.read(ArmId.parse(reader.id.toString().replace("/platform/", "/gone/"))))
                .isInstanceOf(Lookup.Absent.class);
    }

    static Stream<Arguments> doubts() {
        return eachReader(reader -> Stream.of(
                Answer.empty(404),
                Answer.text(404, "text/html", "<html>ResourceNotFound</html>"),
                Answer.text(404, Answer.JSON, "{\"message\":\"Not found.\"}"),
                error(404, "NotFound", notFound(reader.id)),
                error(404, "InvalidResourceType", notFound(reader.id)),
                error(404, "ResourceNotFound", "Gone."),
                error(404, "ResourceNotFound", notFound(ArmId.parse(reader.id + "-2"))),
                error(404, "ResourceNotFound", notFound(ArmId.parse(reader.id + "/locks/a"))),
                error(
                        404,
                        "ResourceNotFound",
                        notFound(ArmId.parse(reader.id.toString().replace("/platform/", "/other/")))),
                error(404, "ResourceNotFound", "Resource group 'platform' could not be found."),
                error(404, "ResourceGroupNotFound", "Resource group 'platform-2' could not be found.")));
    }

    @ParameterizedTest
    @MethodSource("doubts")
    void anyOther404IsNoAnswer(Reader reader, Answer answer) {
        assertThatThrownBy(() -> reader.read(answer)).isInstanceOfSatisfying(CloudUnavailable.class, unavailable -> {
            assertThat(unavailable.problem().kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(unavailable.problem().cause()).contains("404");
            assertThat(unavailable.problem().scope()).contains(reader.id.toString());
        });
    }

    @ParameterizedTest
    @EnumSource
    void subscriptionThatIsNotFoundIsARefusal(Reader reader) {
        assertThat(reader.read(error(404, "SubscriptionNotFound", "The subscription 'x' could not be found.")))
                .isInstanceOfSatisfying(Lookup.Denied.class, denied -> {
                    assertThat(denied.problem().kind()).isEqualTo(Kind.REJECTED);
                    assertThat(denied.problem().cause()).contains("subscription does not exist in this tenant");
                });
    }

    static Stream<Answer> refusedGrants() {
        return Stream.of(
                error(404, "SubscriptionNotFound", "The subscription 'x' could not be found."),
                error(404, "RoleDefinitionDoesNotExist", "The role is not there."),
                error(404, "ResourceNotFound", notFound(CLUSTER)));
    }

    @ParameterizedTest
    @MethodSource("refusedGrants")
    void grantThatIsAnsweredWithTheAbsenceOfSomethingElseIsRefused(Answer answer) {
        EMULATOR.faults().add(Fault.reply("/roleAssignments/", answer).onlyFor("PUT"));
        PullGrant grant = new PullGrant(CLUSTER, REGISTRY, UUID.fromString(Estates.SHOP_KUBELET), PullRole.ACR_PULL);
        assertThat(ASSIGNMENTS.make(grant)).isInstanceOf(Lookup.Denied.class);
    }

    /** In ARM's words. */
    private static String notFound(ArmId id) {
        return "The Resource '" + id.type() + '/' + id.name() + "' under resource group '" + id.resourceGroup()
                + "' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix";
    }

    private static Stream<Arguments> eachReader(Function<Reader, Stream<Answer>> answers) {
        return Stream.of(Reader.values())
                .flatMap(reader -> answers.apply(reader).map(answer -> Arguments.of(reader, answer)));
    }
}
