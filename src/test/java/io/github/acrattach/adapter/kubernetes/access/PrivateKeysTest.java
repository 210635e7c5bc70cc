package io.github.acrattach.adapter.kubernetes.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PrivateKeysTest {

    /** What goes before PKCS#1 in the PKCS#8 of a key of 2048 bits. */
    private static final int PKCS8_HEADER = 26;

    @Test
    void keyOfAzureIsRead() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        PrivateKey key = generator.generateKeyPair().getPrivate();
        byte[] pkcs8 = key.getEncoded();
        assertThat(PrivateKeys.read(pem("PRIVATE KEY", pkcs8))).isEqualTo(key);
        assertThat(PrivateKeys.read(pem("RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, PKCS8_HEADER, pkcs8.length))))
                .isEqualTo(key);
    }

    @Test
    void keyOfACurveIsRead() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        ECPrivateKey key = (ECPrivateKey) generator.generateKeyPair().getPrivate();
        String number = String.format("%064x", key.getS());
        byte[] sec1 = HexFormat.of().parseHex("30310201010420" + number + "a00a06082a8648ce3d030107");
        assertThat(((ECPrivateKey) PrivateKeys.read(pem("EC PRIVATE KEY", sec1))).getS())
                .isEqualTo(key.getS());
        assertThat(PrivateKeys.read(pem("PRIVATE KEY", key.getEncoded()))).isEqualTo(key);
    }

    @Test
    void whatIsNoKeyIsToldWithoutQuotingIt() {
        for (String kind : new String[] {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"}) {
            assertThatThrownBy(() -> PrivateKeys.read(pem(kind, "s3cret".getBytes(StandardCharsets.US_ASCII))))
                    .isInstanceOf(GeneralSecurityException.class);
        }
        assertThatThrownBy(() -> PrivateKeys.read(new byte[0])).isInstanceOf(GeneralSecurityException.class);
    }

    private static byte[] pem(String kind, byte[] der) {
        return ("-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + kind
                        + "-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
