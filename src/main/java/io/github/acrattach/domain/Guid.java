package io.github.acrattach.domain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** How Azure writes the ids of subscriptions, principals and roles; stricter than {@link UUID#fromString(String)}. */
public final class Guid {

    private static final Pattern SHAPE =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private static final UUID NIL = new UUID(0, 0);

    private Guid() {}

    /** The id, or empty when the text is anything but 32 hexadecimal digits in five groups, not all of them zero. */
    public static Optional<UUID> parse(String text) {
        return text != null && SHAPE.matcher(text).matches()
                ? Optional.of(UUID.fromString(text)).filter(id -> !id.equals(NIL))
                : Optional.empty();
    }

    /** The version 5 UUID of a name (RFC 4122, section 4.3): the same name always gives the same id. */
    public static UUID named(UUID namespace, String name) {
        MessageDigest sha1;
        try {
            sha1 = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has to offer SHA-1.", e);
        }
        sha1.update(ByteBuffer.allocate(16)
                .putLong(namespace.getMostSignificantBits())
                .putLong(namespace.getLeastSignificantBits())
                .array());
        byte[] hash = Arrays.copyOf(sha1.digest(name.getBytes(StandardCharsets.UTF_8)), 16);
        hash[6] = (byte) (hash[6] & 0x0f | 0x50);
        hash[8] = (byte) (hash[8] & 0x3f | 0x80);
        ByteBuffer bits = ByteBuffer.wrap(hash);
        return new UUID(bits.getLong(), bits.getLong());
    }
}
