package io.leat.config;

import io.leat.name.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML 1.2 into marked nodes. Whatever the input, the result is a node or a problem with a place: size, depth and
 * the expansion of aliases are bounded. One document per file; no tags of one's own, no merge keys.
 */
public final class Yaml {

    /** The largest file that is read, in bytes. */
    public static final int LARGEST = 2_000_000;

    private Yaml() {}

    /**
     * Reads a file. A file without any value is a scalar with nothing in it, which every mapping takes as empty.
     *
     * @param shown the path that problems name, usually relative to the project
     * @return empty if the file cannot be read as YAML; problems may be added in either case
     */
    public static Optional<Node> read(Path file, Path shown, Problems problems) {
        byte[] bytes;
        try {
            if (Files.isDirectory(file)) {
                problems.add(ErrorCode.UNREADABLE_FILE, Mark.whole(shown), "this is a folder, a file was expected");
                return Optional.empty();
            }
            long size = Files.size(file);
            if (size > LARGEST) {
                problems.add(new Problem(ErrorCode.YAML_SYNTAX, Mark.whole(shown), "the file has " + size + " bytes")
                        .expecting("at most " + LARGEST + " bytes"));
                return Optional.empty();
            }
            bytes = Files.readAllBytes(file);
        } catch (IOException broken) {
            problems.add(UnreadablePath.problem(file, shown, broken));
            return Optional.empty();
        }
        return decode(bytes, shown, problems).flatMap(text -> parse(text, SourceText.ofFile(shown, text), problems));
    }

    /** Reads a text; problems name the source. */
    public static Optional<Node> parse(String text, SourceText source, Problems problems) {
        if (text.length() > LARGEST) {
            problems.add(
                    ErrorCode.YAML_SYNTAX, Mark.whole(source), "the text has more than " + LARGEST + " characters");
            return Optional.empty();
        }
        String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
        var settings = LoadSettings.builder()
                .setLabel(source.name())
                .setCodePointLimit(LARGEST)
                .setParseComments(false)
                .build();
        var composer = new YamlComposer(new Parse(settings).parseString(content).iterator(), source, problems);
        try {
            return Optional.of(composer.document());
        } catch (YamlComposer.Refused refused) {
            problems.add(refused.problem());
        } catch (MarkedYamlEngineException broken) {
            problems.add(SyntaxProblem.of(broken, composer.longQuote(), source, content));
        } catch (ReaderException broken) {
            problems.add(SyntaxProblem.of(broken, source, content));
        } catch (YamlEngineException | IllegalArgumentException | IndexOutOfBoundsException broken) {
            // the library lets exceptions of the JDK through, for example for "\\u" at the end of a text
            problems.add(new Problem(ErrorCode.YAML_SYNTAX, composer.place(), "what follows here is not valid YAML")
                    .hinting("check escapes such as \\u0000 within double quotes"));
        }
        return Optional.empty();
    }

    private static Optional<String> decode(byte[] bytes, Path shown, Problems problems) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer input = ByteBuffer.wrap(bytes);
        try {
            return Optional.of(decoder.decode(input).toString());
        } catch (CharacterCodingException invalid) {
            int offset = input.position();
            CharBuffer before = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes, 0, offset));
            Mark mark = Mark.at(SourceText.ofFile(shown), before.toString(), before.length());
            problems.add(
                    new Problem(ErrorCode.YAML_SYNTAX, mark, "the byte at offset " + offset + " is not valid UTF-8")
                            .expecting("a file in UTF-8")
                            .hinting(
                                    looksLikeUtf16(bytes)
                                            ? "the file seems to be UTF-16: save it as UTF-8"
                                            : "the file may be in Latin-1 or Windows-1252: save it as UTF-8"));
            return Optional.empty();
        }
    }

    private static boolean looksLikeUtf16(byte[] bytes) {
        return bytes.length >= 2
                && ((bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE)
                        || (bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF));
    }
}
