package io.leat.run;

import io.leat.name.Sha256;
import java.util.List;

/** Short texts that are equal exactly if what they stand for is equal. */
final class Tokens {

    private Tokens() {}

    /** A token of several parts, whose order counts. */
    static String of(List<String> parts) {
        var hash = new Sha256();
        for (String part : parts) {
            hash.plus(part).plus("\0");
        }
        return hash.hex().substring(0, 32);
    }
}
