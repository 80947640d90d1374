package io.leat.storage;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChecksumTest {
    @Test
    void isBothStandardChecksums() throws IOException {
        assertThat(of("123456789".getBytes(US_ASCII))).isEqualTo("cbf43926" + "e3069283");
        assertThat(of(new byte[0])).isEqualTo("0000000000000000");
    }

    @Test
    void doesNotDependOnHowMuchIsReadAtOnce() throws IOException {
        var bytes = new byte[1_000_003];
        new Random(7).nextBytes(bytes);
        var inPieces = new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int from, int length) {
                return super.read(into, from, Math.min(length, 4_099));
            }
        };
        assertThat(Checksum.of(Channels.newChannel(inPieces))).isEqualTo(of(bytes));
    }

    @Test
    void tellsEveryChangedByteAndEveryLengthApart() throws IOException {
        var bytes = new byte[600_000];
        Set<String> seen = new HashSet<>(Set.of(of(bytes)));
        for (int place = 0; place < bytes.length; place += 59_999) {
            bytes[place] ^= 1;
            assertThat(seen.add(of(bytes))).isTrue();
        }
        for (int length = 0; length < 100; length++) {
            assertThat(seen.add(of(new byte[length]))).isTrue();
        }
    }

    private static String of(byte[] bytes) throws IOException {
        return Checksum.of(Channels.newChannel(new ByteArrayInputStream(bytes)));
    }
}
