package io.leat.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is in a file, reading it ends soon, with a value or with problems, never with another exception. */
class FuzzTest {

    private static final int ROUNDS = Integer.getInteger("leat.fuzz", 2000);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final String VALID = """
            # a pipeline
            pipeline: flights
            source: { files: "data/*.json", format: json }
            window: &w
              column: departed_at
              every: 2h
              timezone: America/Los_Angeles
              start: 2001-01-01
              text: |
                several
                lines
              other: >-
                folded ${env:HOME} and ${secret:X}
            columns:
              delay: { type: integer, min: 0 }
              ? complex
              : value
            steps:
              - trim: [origin, 'destination', "x\\n\\u00e9"]
              - derive: { late: "delay > 15" }
              - *w
            checks: [{ name: once, max: 1% }, { name: two, max: 0x1F }, ~, null, -1.5e3]
            """;
    private static final String SPECIAL = ":-?[]{},#&*!|>'\"%@` \t\n\r\0~=<$.\u0085\u2028\uFEFFé😀";

    private final Path folder;

    FuzzTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void randomBytesNeverBreakTheReader() {
        long seed = seed();
        var random = new Random(seed);
        assertTimeoutPreemptively(LONGEST, () -> {
            for (int round = 0; round < ROUNDS; round++) {
                byte[] bytes = new byte[random.nextInt(200)];
                random.nextBytes(bytes);
                readWhole(bytes, seed, round);
            }
        });
    }

    @Test
    void randomSpecialCharactersNeverBreakTheReader() {
        long seed = seed();
        var random = new Random(seed);
        int[] special = SPECIAL.codePoints().toArray();
        assertTimeoutPreemptively(LONGEST, () -> {
            for (int round = 0; round < ROUNDS; round++) {
                var text = new StringBuilder();
                for (int i = random.nextInt(120); i > 0; i--) {
                    text.appendCodePoint(
                            random.nextInt(3) == 0 ? 'a' + random.nextInt(3) : special[random.nextInt(special.length)]);
                }
                readWhole(text.toString().getBytes(StandardCharsets.UTF_8), seed, round);
            }
        });
    }

    @Test
    void mutationsOfAValidFileNeverBreakTheReader() {
        long seed = seed();
        var random = new Random(seed);
        assertTimeoutPreemptively(LONGEST, () -> {
            for (int round = 0; round < ROUNDS; round++) {
                byte[] bytes = VALID.getBytes(StandardCharsets.UTF_8);
                for (int changes = 1 + random.nextInt(6); changes > 0; changes--) {
                    bytes = mutated(bytes, random);
                }
                readWhole(bytes, seed, round);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "- ",
                "- a\n",
                "a: 1\n",
                "a\n",
                "\"",
                "\"a\", ",
                "[",
                "{",
                "{a: ",
                "[a, ",
                "? ",
                "&a ",
                "*a ",
                "!a ",
                "!",
                "#",
                "# a\n",
                "---\n",
                "|\n",
                "a: |\n  b\n",
                "\n",
                " ",
                "\t",
                "a: b: ",
                ":",
                "%",
                "'",
                ",",
                "\u0085",
                "😀",
                "a: &a [*a]\n"
            })
    void endlessRepetitionEndsSoon(String part) {
        assertTimeoutPreemptively(LONGEST, () -> {
            readWhole(part.repeat(Yaml.LARGEST / 5 / part.length()).getBytes(StandardCharsets.UTF_8), 0, 0);
            readWhole(("a: [" + part.repeat(Yaml.LARGEST / 5 / part.length())).getBytes(StandardCharsets.UTF_8), 0, 1);
        });
    }

    private void readWhole(byte[] bytes, long seed, int round) throws IOException {
        Path file = Files.write(folder.resolve("fuzz.yaml"), bytes);
        var problems = new Problems();
        try {
            var node = Yaml.read(file, Path.of("fuzz.yaml"), problems);
            assertThat(node.isPresent() || !problems.isEmpty()).isTrue();
            var references = new References(Map.of(), name -> java.util.Optional.empty());
            node.map(read -> references.fill(read, problems)).ifPresent(filled -> {
                JsonSchemaTest.EVERYTHING_SHAPE.read(filled, problems);
                Shape.list(Shape.map(Shape.number())).read(filled, problems);
                JsonSchema.json(filled);
            });
            problems.sorted().forEach(problem -> assertThat(problem.render()).isNotBlank());
            DotEnv.parse(new String(bytes, StandardCharsets.ISO_8859_1), SourceText.named("x"), problems);
        } catch (RuntimeException | Error broken) {
            throw new AssertionError(
                    "seed " + seed + " round " + round + ": " + new String(bytes, StandardCharsets.ISO_8859_1), broken);
        }
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        if (bytes.length == 0) {
            return bytes;
        }
        int from = random.nextInt(bytes.length);
        int to = Math.min(bytes.length, from + random.nextInt(20));
        byte[] special = SPECIAL.getBytes(StandardCharsets.UTF_8);
        return switch (random.nextInt(5)) {
            case 0 -> joined(Arrays.copyOf(bytes, from), Arrays.copyOfRange(bytes, to, bytes.length));
            case 1 -> joined(Arrays.copyOf(bytes, to), Arrays.copyOfRange(bytes, from, bytes.length));
            case 2 -> {
                byte[] changed = bytes.clone();
                changed[from] = (byte) random.nextInt(256);
                yield changed;
            }
            case 3 -> {
                byte[] changed = bytes.clone();
                changed[from] = special[random.nextInt(special.length)];
                yield changed;
            }
            default -> Arrays.copyOf(bytes, from);
        };
    }

    private static byte[] joined(byte[] left, byte[] right) {
        byte[] all = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, all, left.length, right.length);
        return all;
    }

    private static long seed() {
        return Long.getLong("leat.seed", System.nanoTime());
    }
}
