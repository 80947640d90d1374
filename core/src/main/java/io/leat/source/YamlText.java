package io.leat.source;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes texts as YAML, plain where that is safe in every place. */
final class YamlText {

    private static final Pattern PLAIN =
            Pattern.compile("[\\p{L}_./][\\p{L}\\p{N}_./()+*?-]*( [\\p{L}\\p{N}_./()+*?-]+)*");
    private static final Pattern NUMBER_LIKE = Pattern.compile("[.+-]?[0-9].*|[+-]?\\.(inf|nan)");
    private static final Set<String> WORDS = Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n", "~");

    private YamlText() {}

    static String of(String text) {
        boolean plain = PLAIN.matcher(text).matches()
                && !NUMBER_LIKE.matcher(text.toLowerCase(Locale.ROOT)).matches()
                && !WORDS.contains(text.toLowerCase(Locale.ROOT))
                && !text.startsWith("---")
                && !text.startsWith("...");
        return plain ? text : quoted(text);
    }

    static String list(Collection<String> texts) {
        return texts.stream().map(YamlText::of).collect(Collectors.joining(", ", "[", "]"));
    }

    static String quoted(String text) {
        var out = new StringBuilder("\"");
        text.replace("${", "$${").codePoints().forEach(sign -> {
            switch (sign) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                default -> {
                    if (isShown(sign)) {
                        out.appendCodePoint(sign);
                    } else {
                        out.append(sign > 0xffff ? "\\U%08X".formatted(sign) : "\\u%04X".formatted(sign));
                    }
                }
            }
        });
        return out.append('"').toString();
    }

    private static boolean isShown(int sign) {
        return sign >= ' ' && sign < 0x7f || Character.isLetterOrDigit(sign) || "°€£§·–—…".indexOf(sign) >= 0;
    }
}
