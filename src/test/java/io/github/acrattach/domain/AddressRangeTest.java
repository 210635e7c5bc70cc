package io.github.acrattach.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {

    @ParameterizedTest
    @CsvSource({
        "20.1.2.3, 20.1.2.3",
        "20.1.2.3/32, 20.1.2.3",
        "' 20.1.2.3 ', 20.1.2.3",
        "20.1.2.3/24, 20.1.2.0/24",
        "0.0.0.0/0, 0.0.0.0/0",
        "255.255.255.255, 255.255.255.255",
        "2603:1020:0:0:0:0:0:5, 2603:1020:0:0:0:0:0:5",
        "2603:1020::5, 2603:1020:0:0:0:0:0:5",
        "2603:1020::/32, 2603:1020:0:0:0:0:0:0/32",
        "::, 0:0:0:0:0:0:0:0",
    })
    void addressesAndRangesAreRead(String text, String told) {
        assertThat(AddressRange.parse(text)).map(AddressRange::toString).contains(told);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "20.1.2",
                "20.1.2.3.4",
                "20.1.2.256",
                "20.1.2.3/33",
                "20.1.2.3/",
                "20.1.2.3/-1",
                "20.1.02.3",
                "20.1.2.3 - 20.1.2.9",
                "2603:::5",
                "2603::/129",
                "fe80::1%eth0",
                "12345",
                "localhost",
                "example.com",
                "\u0662\u0660.1.2.3"
            })
    void anythingElseIsNoRange(String text) {
        assertThat(AddressRange.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "20.1.2.3, 20.1.2.3, true",
        "20.1.2.3, 20.1.2.4, false",
        "20.1.2.255, 20.1.2.0/24, true",
        "20.1.3.0, 20.1.2.0/24, false",
        "20.1.2.0/24, 20.1.0.0/16, true",
        "20.1.0.0/16, 20.1.2.0/24, false",
        "20.1.2.3, 0.0.0.0/0, true",
        "2603:1020::5, 2603:1020::/32, true",
        "2603:1020::5, 0.0.0.0/0, false",
        "0.0.0.5, ::/0, false",
    })
    void addressIsInTheRangeThatHasItsFirstBits(String address, String range, boolean isIn) {
        assertThat(range(address).isIn(ranges(range))).isEqualTo(isIn);
    }

    @Test
    void rangeIsInRangesThatCoverItTogether() {
        AddressRange prefix = range("20.1.2.4/30");
        assertThat(prefix.isIn(ranges("20.1.2.4/31", "20.1.2.6", "20.1.2.7"))).isTrue();
        assertThat(prefix.isIn(ranges("20.1.2.4/31", "20.1.2.6"))).isFalse();
        assertThat(prefix.isPartlyIn(ranges("20.1.2.6"))).isTrue();
        assertThat(prefix.isPartlyIn(ranges("20.1.2.8"))).isFalse();
        assertThat(AddressRange.ALL.isIn(ranges("0.0.0.0/1", "128.0.0.0/1"))).isTrue();
        assertThat(AddressRange.ALL.isIn(ranges("0.0.0.0/1", "20.1.2.3"))).isFalse();
    }

    private static AddressRange range(String text) {
        return AddressRange.parse(text).orElseThrow();
    }

    private static List<AddressRange> ranges(String... texts) {
        return Stream.of(texts).map(AddressRangeTest::range).toList();
    }
}
