package io.github.acrattach.emulator.entra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Certificate;
import io.github.acrattach.emulator.http.Json;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** An RSA key that signs tokens, and tells in their header how to verify them. */
public final class SigningKey {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private final String id = UUID.randomUUID().toString().replace("-", "");
    private final KeyPair pair;
    private final ObjectNode header;

    /** Every emulator of a process signs with the same one, as their certificates are the same; it takes a second to make. */
    public static SigningKey ofThisProcess() {
        return Once.KEY;
    }

    /** A key that nobody else has; whoever verifies looks it up by its id. */
    static SigningKey fresh() {
        return new SigningKey(generated(), Json.object());
    }

    private SigningKey(KeyPair pair, ObjectNode more) {
        this.pair = pair;
        this.header = Json.object()
                .put("typ", "JWT")
                .put("alg", "RS256")
                .put("kid", id)
                .setAll(more);
    }

    /** The key of a certificate that every token brings along (RFC 7515 section 4.1.6). */
    public static SigningKey of(Certificate certificate) {
        return new SigningKey(
                certificate.keys(), Json.object().set("x5c", Json.texts(Stream.of(certificate.base64()))));
    }

    private static KeyPair generated() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("This JDK has no RSA", missing);
        }
    }

    public String sign(ObjectNode claims) {
        String signed = ENCODER.encodeToString(Json.bytes(header)) + "." + ENCODER.encodeToString(Json.bytes(claims));
        try {
            Signature signature = rs256();
            signature.initSign(pair.getPrivate());
            signature.update(ascii(signed));
            return signed + "." + ENCODER.encodeToString(signature.sign());
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException("A token could not be signed", failed);
        }
    }

    /** The claims of a token that carries this key's signature. */
    public Optional<JsonNode> verified(String token) {
        int dot = token.lastIndexOf('.');
        try {
            Signature signature = rs256();
            signature.initVerify(pair.getPublic());
            signature.update(ascii(token.substring(0, Math.max(dot, 0))));
            return signature.verify(DECODER.decode(token.substring(dot + 1))) ? claims(token) : Optional.empty();
        } catch (GeneralSecurityException | IllegalArgumentException forged) {
            return Optional.empty();
        }
    }

    /** The claims of a token, whoever signed it. */
    static Optional<JsonNode> claims(String token) {
        String[] parts = token.split("\\.");
        try {
            return parts.length == 3 ? Json.parse(DECODER.decode(parts[1])) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** RFC 7517. */
    ObjectNode jwks() {
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        ObjectNode jwk = Json.object()
                .put("kty", "RSA")
                .put("use", "sig")
                .put("alg", "RS256")
                .put("kid", id)
                .put("n", unsigned(key.getModulus()))
                .put("e", unsigned(key.getPublicExponent()));
        return Json.object().set("keys", Json.array(Stream.of(jwk)));
    }

    /** Made when it is first asked for. */
    private static final class Once {
        private static final SigningKey KEY = fresh();
    }

    private static Signature rs256() throws GeneralSecurityException {
        return Signature.getInstance("SHA256withRSA");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int sign = bytes[0] == 0 ? 1 : 0;
        return ENCODER.encodeToString(Arrays.copyOfRange(bytes, sign, bytes.length));
    }
}
