package io.github.acrattach.domain;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Addresses of the internet protocol that share their first bits: a range in CIDR notation, or a single address.
 *
 * @param first the lowest of them
 * @param prefix how many bits they share
 * @param bits how many an address has: 32 or 128
 */
public record AddressRange(BigInteger first, int prefix, int bits) {

    /** Every address of version 4. */
    public static final AddressRange ALL = new AddressRange(BigInteger.ZERO, 0, 32);

    private static final Pattern TEXT = Pattern.compile("([0-9A-Fa-f:.]{2,45})(?:/([0-9]{1,3}))?");
    private static final Pattern VERSION_4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:[.](?!$)|$)){4}");

    /** Reads {@code 20.1.2.3}, {@code 20.1.2.0/24} or the like of version 6; empty where the text is neither. */
    public static Optional<AddressRange> parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return octets(matcher.group(1)).flatMap(octets -> {
            int bits = octets.length * 8;
            int prefix = matcher.group(2) == null ? bits : Integer.parseInt(matcher.group(2));
            return prefix > bits
                    ? Optional.empty()
                    : Optional.of(new AddressRange(masked(new BigInteger(1, octets), bits - prefix), prefix, bits));
        });
    }

    /** Nobody is asked: what has a colon in it, and nothing but digits beside, is an address or none. */
    private static Optional<byte[]> octets(String address) {
        if (!VERSION_4.matcher(address).matches() && !address.contains(":")) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(address).getAddress());
        } catch (UnknownHostException malformed) {
            return Optional.empty();
        }
    }

    private static BigInteger masked(BigInteger address, int free) {
        return address.shiftRight(free).shiftLeft(free);
    }

    public boolean isVersion4() {
        return bits == 32;
    }

    /** Whether each of these addresses is in one of those ranges. */
    public boolean isIn(Collection<AddressRange> ranges) {
        return ranges.stream().anyMatch(range -> range.contains(this))
                || isPartlyIn(ranges) && prefix < bits && halves().allMatch(half -> half.isIn(ranges));
    }

    /** Whether any of them is. */
    public boolean isPartlyIn(Collection<AddressRange> ranges) {
        return ranges.stream().anyMatch(range -> range.contains(this) || contains(range));
    }

    private boolean contains(AddressRange other) {
        return bits == other.bits
                && prefix <= other.prefix
                && masked(other.first, bits - prefix).equals(first);
    }

    private Stream<AddressRange> halves() {
        return Stream.of(first, first.setBit(bits - prefix - 1)).map(half -> new AddressRange(half, prefix + 1, bits));
    }

    @Override
    public String toString() {
        byte[] octets = new byte[bits / 8];
        byte[] value = first.toByteArray();
        int length = Math.min(value.length, octets.length);
        System.arraycopy(value, value.length - length, octets, octets.length - length, length);
        try {
            String address = InetAddress.getByAddress(octets).getHostAddress();
            return prefix == bits ? address : address + '/' + prefix;
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(Arrays.toString(octets), impossible);
        }
    }
}
