package io.leat.name;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 as lower-case hexadecimal digits: names content. */
public final class Sha256 {
    private final MessageDigest digest;

    /** Of nothing yet. */
    public Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }

    /** Of a text's UTF-8. */
    public static String of(CharSequence text) {
        return new Sha256().plus(text).hex();
    }

    public Sha256 plus(CharSequence text) {
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        return plus(bytes, bytes.length);
    }

    public Sha256 plus(byte[] bytes, int length) {
        digest.update(bytes, 0, length);
        return this;
    }

    /** All 64 digits; nothing can be added afterwards. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
