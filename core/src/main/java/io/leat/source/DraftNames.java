package io.leat.source;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes identifiers of what files and columns are called. */
final class DraftNames {

    private static final int LONGEST = 63;
    private static final String RESERVED = "_leat_";
    private static final Pattern LEADING_NUMBER = Pattern.compile("([0-9][0-9_]*?)_*([a-z].*)");
    /** Letters that are not a plain letter with a mark. */
    private static final List<List<String>> LETTERS = List.of(
            List.of("ß", "ss"),
            List.of("æ", "ae"),
            List.of("œ", "oe"),
            List.of("ø", "o"),
            List.of("ł", "l"),
            List.of("đ", "d"),
            List.of("ð", "d"),
            List.of("þ", "th"),
            List.of("ı", "i"),
            List.of("%", " percent "),
            List.of("€", " eur "),
            List.of("$", " usd "));

    private DraftNames() {}

    /** Names for the columns of a table, in order: lower case, each once, and the file's own wherever possible. */
    static List<String> ofColumns(List<String> raw) {
        List<String> names = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int place = 0; place < raw.size(); place++) {
            String plain = identifier(raw.get(place));
            names.add(plain.isEmpty() ? "column_" + (place + 1) : plain);
            if (names.get(place).equals(raw.get(place))) {
                taken.add(raw.get(place));
            }
        }
        for (int place = 0; place < raw.size(); place++) {
            String wanted = names.get(place);
            String name = wanted;
            for (int number = 2; !name.equals(raw.get(place)) && !taken.add(name); number++) {
                name = shortened(wanted, LONGEST - 4) + "_" + number;
            }
            names.set(place, name);
        }
        return names;
    }

    /** A name for what is in a file: its own without endings; a number in front goes to the end. */
    static String ofFile(String fileName) {
        String base = Compression.withoutEnding(fileName);
        int dot = base.lastIndexOf('.');
        String plain = identifier(dot > 0 ? base.substring(0, dot) : base);
        Matcher number = LEADING_NUMBER.matcher(plain.replaceFirst("^_", ""));
        if (number.matches()) {
            return shortened(number.group(2) + "_" + number.group(1), LONGEST);
        }
        return plain.isEmpty() ? "file" : plain.startsWith("_") ? "file" + plain : plain;
    }

    /** The whole words that several names begin with, without the number that follows; empty if there are none. */
    static String commonStem(List<String> fileNames) {
        String common = commonPrefix(fileNames);
        boolean within = common.matches(".*\\p{L}")
                && fileNames.stream()
                        .anyMatch(name -> name.substring(common.length()).matches("\\p{L}.*"));
        String words = within ? common.replaceFirst("\\p{L}+$", "") : common;
        return words.replaceFirst("[0-9]+$", "");
    }

    /** A name for what several files have in common; empty if that is nothing. */
    static String ofCommonPart(List<String> fileNames) {
        String plain = identifier(commonStem(fileNames).replaceFirst("[^\\p{L}\\p{N}]+$", ""));
        return plain.length() < 2 || plain.startsWith("_") ? "" : plain;
    }

    static String commonPrefix(List<String> texts) {
        String common = texts.getFirst();
        for (String text : texts) {
            int end = Math.max(0, Arrays.mismatch(common.toCharArray(), text.toCharArray()));
            common = common.equals(text) ? common : common.substring(0, Math.min(end, common.length()));
        }
        return common;
    }

    private static String identifier(String raw) {
        String plain = raw.replaceAll("([\\p{Ll}0-9])(\\p{Lu})", "$1_$2")
                .replaceAll("(\\p{Lu})(\\p{Lu}\\p{Ll})", "$1_$2")
                .toLowerCase(Locale.ROOT);
        for (List<String> letter : LETTERS) {
            plain = plain.replace(letter.get(0), letter.get(1));
        }
        plain = Normalizer.normalize(plain, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .replaceAll("[^a-z0-9_]+", "_");
        if (!plain.equals(raw)) {
            plain = plain.replaceAll("_+", "_").replaceAll("^_|_$", "");
        }
        if (plain.startsWith(RESERVED)) {
            plain = plain.substring(1);
        }
        if (plain.matches("[0-9].*")) {
            plain = "_" + plain;
        }
        return shortened(plain.equals("_") ? "" : plain, LONGEST);
    }

    private static String shortened(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length).replaceAll("_+$", "");
    }
}
