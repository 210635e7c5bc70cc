package io.github.acrattach.adapter.arm;

import static io.github.acrattach.adapter.azure.Answered.error;
import static io.github.acrattach.adapter.azure.Answered.found;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.acrattach.Estates;
import io.github.acrattach.adapter.azure.AzureAt;
import io.github.acrattach.domain.AddressRange;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.frontdoor.Fault;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.port.CloudUnavailable;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The public addresses behind ids, in the shapes that the reference of the network provider documents. */
class ArmPublicAddressesTest {

    private static final String NETWORK = "/subscriptions/" + Estates.PRODUCTION
            + "/resourceGroups/MC_platform_aks-shop_westeurope/providers/Microsoft.Network/";
    private static final ArmId FIRST = ArmId.parse(NETWORK + "publicIPAddresses/first");
    private static final ArmId SECOND = ArmId.parse(NETWORK + "publicIPAddresses/second");
    private static final ArmId PREFIX = ArmId.parse(NETWORK + "publicIPPrefixes/prefix");

    private static Emulator emulator;

    @BeforeAll
    static void start() {
        emulator = Emulator.start(EmulatorOptions.of(Estates.changed(estate -> {})));
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    @BeforeEach
    void reset() {
        emulator.reset();
    }

    @Test
    void addressesAndPrefixesAreReadInTheOrderOfTheirIds() {
        answer(FIRST, "{\"publicIPAddressVersion\":\"IPv4\",\"ipAddress\":\"20.1.2.3\"}");
        answer(PREFIX, "{\"prefixLength\":30,\"ipPrefix\":\"20.1.2.4/30\"}");
        answer(SECOND, "{\"publicIPAddressVersion\":\"IPv6\",\"ipAddress\":\"2603:1020::5\"}");
        assertThat(found(addresses().of(List.of(FIRST, PREFIX, SECOND))))
                .extracting(AddressRange::toString)
                .containsExactly("20.1.2.3", "20.1.2.4/30", "2603:1020:0:0:0:0:0:5");
        assertThat(emulator.requests().matching(each -> each.path().contains("/Microsoft.Network/")))
                .hasSize(3)
                .allMatch(each -> each.query().equals("api-version=2024-05-01"));
    }

    @Test
    void nothingIsAskedForWithoutAnId() {
        assertThat(found(addresses().of(List.of()))).isEmpty();
        assertThat(emulator.requests().list()).isEmpty();
    }

    @Test
    void addressThatIsGoneOrNotAllocatedIsLeftOut() {
        answer(FIRST, "{\"publicIPAddressVersion\":\"IPv4\"}");
        emulator.faults()
                .add(Fault.reply(
                        SECOND.name() + "$",
                        error(
                                404,
                                "ResourceNotFound",
                                "The Resource 'Microsoft.Network/publicIPAddresses/second' under resource group"
                                        + " 'MC_platform_aks-shop_westeurope' was not found.")));
        answer(PREFIX, "{\"ipPrefix\":\"20.1.2.4/30\"}");
        assertThat(found(addresses().of(List.of(FIRST, SECOND, PREFIX)))).hasSize(1);
    }

    @Test
    void refusalOfOneNamesTheRightAndHowToGetIt() {
        answer(FIRST, "{\"ipAddress\":\"20.1.2.3\"}");
        for (ArmId id : List.of(SECOND, PREFIX)) {
            String right = id.type() + "/read";
            emulator.faults()
                    .add(Fault.reply(
                            id.name() + "$",
                            error(
                                    403,
                                    "AuthorizationFailed",
                                    "The client 'x' with object id '" + Estates.PROGRAM
                                            + "' does not have authorization to perform action '" + right
                                            + "' over scope '" + id + "'.")));
            assertThat(addresses().of(List.of(FIRST, id))).isInstanceOfSatisfying(Lookup.Denied.class, denied -> {
                assertThat(denied.problem().kind()).isEqualTo(Kind.MISSING_RIGHT);
                assertThat(denied.problem().action()).contains(right);
                assertThat(denied.problem().fix()).contains("--role \"Reader\"", id.toString());
            });
        }
    }

    @Test
    void answerAboutAnotherAddressIsNone() {
        emulator.faults()
                .add(Fault.reply(
                        FIRST.name() + "$",
                        Answer.text(
                                200,
                                Answer.JSON,
                                "{\"id\":\"" + SECOND + "\",\"properties\":{\"ipAddress\":\"20.1.2.3\"}}")));
        assertThatThrownBy(() -> addresses().of(List.of(FIRST))).isInstanceOf(CloudUnavailable.class);
    }

    /** ARM spells ids as it likes. */
    private static void answer(ArmId id, String properties) {
        emulator.faults()
                .add(Fault.reply(
                        id.name() + "$",
                        Answer.text(
                                200,
                                Answer.JSON,
                                "{\"id\":\"" + id.toString().toLowerCase(Locale.ROOT) + "\",\"properties\":"
                                        + properties + "}")));
    }

    private static ArmPublicAddresses addresses() {
        return new ArmPublicAddresses(AzureAt.emulator(emulator));
    }
}
