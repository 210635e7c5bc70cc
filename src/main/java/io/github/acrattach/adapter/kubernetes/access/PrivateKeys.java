package io.github.acrattach.adapter.kubernetes.access;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the private keys of kubeconfigs. Java reads PKCS#8 alone; Azure gives PKCS#1, others SEC 1. The wrapping (RFC
 * 5208, 8017 and 5915) is less than a further security provider in the executable.
 */
final class PrivateKeys {

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN (RSA |EC )?PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END");
    private static final byte[] VERSION = HexFormat.of().parseHex("020100");
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int CURVE = 0xa0;

    private PrivateKeys() {}

    static PrivateKey read(byte[] pem) throws GeneralSecurityException {
        Matcher matcher = PEM.matcher(new String(pem, StandardCharsets.US_ASCII));
        if (!matcher.find()) {
            throw new GeneralSecurityException("The private key is not in one of the forms PKCS#8, PKCS#1 and SEC 1.");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(matcher.group(2));
            if ("RSA ".equals(matcher.group(1))) {
                return key("RSA", sequence(VERSION, RSA, value(OCTETS, der)));
            }
            return "EC ".equals(matcher.group(1))
                    ? key("EC", sequence(VERSION, sequence(EC, curve(der)), value(OCTETS, der)))
                    : ofAnyKind(der);
        } catch (RuntimeException e) {
            // The cause could quote the key.
            throw new GeneralSecurityException("The private key cannot be read.");
        }
    }

    private static PrivateKey ofAnyKind(byte[] pkcs8) throws GeneralSecurityException {
        try {
            return key("RSA", pkcs8);
        } catch (GeneralSecurityException notRsa) {
            return key("EC", pkcs8);
        }
    }

    private static PrivateKey key(String algorithm, byte[] pkcs8) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    /** The curve's name, which follows version and key in what SEC 1 writes. */
    private static byte[] curve(byte[] sec1) {
        ByteBuffer der = ByteBuffer.wrap(sec1);
        der.get();
        length(der);
        while (der.hasRemaining()) {
            int tag = der.get() & 0xff;
            byte[] content = new byte[length(der)];
            der.get(content);
            if (tag == CURVE) {
                return content;
            }
        }
        throw new IllegalArgumentException("The key names no curve.");
    }

    private static int length(ByteBuffer der) {
        int first = der.get() & 0xff;
        int length = first < 0x80 ? first : 0;
        for (int i = 0; first >= 0x80 && i < (first & 0x7f); i++) {
            length = length << 8 | der.get() & 0xff;
        }
        if (length < 0 || length > der.remaining()) {
            throw new IllegalArgumentException("The key is cut off.");
        }
        return length;
    }

    private static byte[] sequence(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return value(SEQUENCE, all.toByteArray());
    }

    private static byte[] value(int tag, byte[] content) {
        byte[] size = ByteBuffer.allocate(4).putInt(content.length).array();
        int from = 0;
        while (from < 3 && size[from] == 0) {
            from++;
        }
        byte[] length = Arrays.copyOfRange(size, from, 4);
        ByteArrayOutputStream der = new ByteArrayOutputStream();
        der.write(tag);
        if (content.length >= 0x80) {
            der.write(0x80 | length.length);
        }
        der.writeBytes(length);
        der.writeBytes(content);
        return der.toByteArray();
    }
}
