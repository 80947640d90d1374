package io.leat.connection;

import java.util.Arrays;
import java.util.List;

/** Whether the way to a server is encrypted, and who it must prove to be. */
public enum Tls {
    /** Never. */
    DISABLE("disable"),
    /** If the server can. */
    PREFER("prefer"),
    /** Always; whoever answers is believed. */
    REQUIRE("require"),
    /** Always, and the server's certificate must be valid for its name, by the authorities that Java trusts. */
    VERIFY_FULL("verify-full");

    private final String word;

    Tls(String word) {
        this.word = word;
    }

    /** As users and PostgreSQL write it. */
    public String word() {
        return word;
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Tls::word).toList();
    }

    static Tls of(String word) {
        return Arrays.stream(values())
                .filter(tls -> tls.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + word + "' says nothing of TLS"));
    }
}
