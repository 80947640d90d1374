package io.leat.config;

import io.leat.name.ErrorCode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file {@code .env}: {@code NAME=value} a line, perhaps after {@code export}; comments begin with {@code #} at the
 * begin of a line or after a space; single quotes keep everything, double quotes know {@code \n \t \" \\ \$}. The last of two lines with the same name wins.
 * No line of it is ever shown.
 */
public final class DotEnv {

    private static final Pattern LINE =
            Pattern.compile("\\s*+(?:export\\s++)?+([A-Za-z_][A-Za-z0-9_]*+)\\s*+=\\s*+(.*+)");

    private DotEnv() {}

    /** The variables of the file with their places; none if there is no such file. */
    public static Map<String, Located<String>> read(Path file, Path shown, Problems problems) {
        if (!Files.exists(file)) {
            return Map.of();
        }
        try {
            return parse(Files.readString(file), SourceText.ofFile(shown), problems);
        } catch (CharacterCodingException notText) {
            problems.add(new Problem(ErrorCode.UNREADABLE_FILE, Mark.whole(shown), "the file is not in UTF-8")
                    .hinting("it may be in Latin-1 or Windows-1252: save it as UTF-8"));
            return Map.of();
        } catch (IOException unreadable) {
            problems.add(UnreadablePath.problem(file, shown, unreadable));
            return Map.of();
        }
    }

    static Map<String, Located<String>> parse(String text, SourceText source, Problems problems) {
        var variables = new LinkedHashMap<String, Located<String>>();
        List<String> lines = text.replace("\uFEFF", "").lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank() || line.stripLeading().startsWith("#")) {
                continue;
            }
            Mark mark = new Mark(source, i + 1, 1);
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                problems.add(new Problem(ErrorCode.CONFIGURATION, mark, "the line is not an assignment")
                        .expecting("NAME=value"));
                continue;
            }
            Optional<String> value = value(matcher.group(2));
            if (value.isEmpty()) {
                problems.add(new Problem(
                                ErrorCode.CONFIGURATION,
                                mark,
                                "the quote around the value of " + matcher.group(1)
                                        + " is not closed, or text follows it")
                        .hinting("close it on the same line; write \\n within double quotes for a new line"));
                continue;
            }
            variables.put(matcher.group(1), new Located<>(value.get(), mark));
        }
        return variables;
    }

    private static Optional<String> value(String written) {
        if (written.startsWith("'")) {
            int end = written.indexOf('\'', 1);
            return end > 0 && onlyComment(written.substring(end + 1))
                    ? Optional.of(written.substring(1, end))
                    : Optional.empty();
        }
        if (written.startsWith("\"")) {
            return doubleQuoted(written);
        }
        if (written.startsWith("#")) {
            return Optional.of("");
        }
        int comment = written.indexOf(" #");
        return Optional.of((comment < 0 ? written : written.substring(0, comment)).strip());
    }

    private static Optional<String> doubleQuoted(String written) {
        var value = new StringBuilder();
        for (int i = 1; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c == '"') {
                return onlyComment(written.substring(i + 1)) ? Optional.of(value.toString()) : Optional.empty();
            }
            if (c == '\\' && i + 1 < written.length()) {
                char escaped = written.charAt(++i);
                switch (escaped) {
                    case 'n' -> value.append('\n');
                    case 't' -> value.append('\t');
                    case 'r' -> value.append('\r');
                    case '"', '\\', '$' -> value.append(escaped);
                    default -> value.append('\\').append(escaped);
                }
            } else {
                value.append(c);
            }
        }
        return Optional.empty();
    }

    private static boolean onlyComment(String rest) {
        return rest.isBlank() || rest.stripLeading().startsWith("#");
    }
}
