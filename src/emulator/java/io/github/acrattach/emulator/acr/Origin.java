package io.github.acrattach.emulator.acr;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a client of a registry is: the address that the registry sees, and the subnet where that has a service endpoint for
 * registries.
 */
public record Origin(String address, Optional<String> subnet) {
    /** The emulator listens on this machine only. */
    static final Origin HERE = new Origin("127.0.0.1", Optional.empty());

    private static final Pattern RANGE =
            Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})(?:/(\\d{1,2}))?");

    /** Whether the address is in a range; one that is no IPv4 address or CIDR block holds nobody. */
    boolean isIn(String range) {
        Matcher network = RANGE.matcher(range);
        Matcher client = RANGE.matcher(address);
        if (!network.matches() || !client.matches()) {
            return false;
        }
        int bits = network.group(5) == null ? 32 : Integer.parseInt(network.group(5));
        long mask = 0xffffffffL << 32 - Math.min(bits, 32) & 0xffffffffL;
        return (number(network) & mask) == (number(client) & mask);
    }

    /** Of RFC 1918: whoever has one comes through a private endpoint, if at all. */
    boolean isPrivate() {
        return isIn("10.0.0.0/8") || isIn("172.16.0.0/12") || isIn("192.168.0.0/16");
    }

    private static long number(Matcher address) {
        long number = 0;
        for (int part = 1; part <= 4; part++) {
            number = number << 8 | Integer.parseInt(address.group(part));
        }
        return number;
    }
}
