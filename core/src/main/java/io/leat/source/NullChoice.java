package io.leat.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which words stand for no value: those without which some column would have no type but string.
 *
 * @param words a bit for each, see {@link NullWords}
 */
record NullChoice(long words) {

    static NullChoice of(List<Finding> findings) {
        boolean codes = findings.stream()
                .anyMatch(finding -> finding.codes() && !finding.needsWords() && (finding.words() & NullWords.NA) != 0);
        long words = 0;
        for (Finding finding : findings) {
            boolean namesNothing = codes && (finding.words() & NullWords.NA) != 0;
            words |= finding.needsWords() && !namesNothing ? finding.words() : 0;
        }
        return new NullChoice(words);
    }

    /** Whether every word that occurs in the column stands for no value. */
    boolean covers(Finding finding) {
        return (finding.words() & ~words) == 0;
    }

    CsvForm in(CsvForm form) {
        List<String> nulls = new ArrayList<>(form.nulls());
        nulls.addAll(NullWords.of(words));
        return new CsvForm(form.delimiter(), form.quote(), form.escape(), form.header(), form.encoding(), nulls);
    }

    /** @param names of the columns, in the order of the findings */
    Optional<String> remark(List<String> names, List<Finding> findings) {
        if (words == 0) {
            return Optional.empty();
        }
        List<String> typed = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (findings.get(i).needsWords() && covers(findings.get(i))) {
                typed.add(names.get(i));
            }
        }
        String list = NullWords.of(words).stream().map(YamlText::quoted).collect(Collectors.joining(", "));
        String some =
                typed.stream().limit(3).collect(Collectors.joining(", ")) + (typed.size() > 3 ? " and others" : "");
        return Optional.of(list + (Long.bitCount(words) == 1 ? " stands" : " stand")
                + " for no value, in every column; else " + some + " would be text");
    }
}
