package io.leat.source;

import io.leat.schema.LeatType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Columns that are called by years and hold one measure: they are declared by a pattern, with one type. */
final class WideColumns {

    static final String PATTERN = "/[0-9]{4}/";

    private static final int FEWEST = 4;

    private WideColumns() {}

    static boolean isYear(String name) {
        return name.matches("(1[5-9]|2[01])[0-9]{2}");
    }

    /** The columns, those of years under their own names and with a type for all; unchanged if they have no type in common. */
    static List<DraftColumn> joined(List<DraftColumn> columns, List<Finding> findings) {
        List<Integer> years = IntStream.range(0, columns.size())
                .filter(place -> columns.get(place).source().matches("[0-9]{4}"))
                .boxed()
                .toList();
        Set<LeatType> types = years.stream()
                .filter(place -> findings.get(place).values() > 0)
                .map(place -> columns.get(place).type())
                .collect(Collectors.toSet());
        boolean plain =
                years.stream().allMatch(place -> isYear(columns.get(place).source()));
        if (years.size() < FEWEST
                || !plain
                || types.isEmpty()
                || !types.stream().allMatch(LeatType::isNumber)) {
            return columns;
        }
        LeatType type = common(
                types, years.stream().map(place -> findings.get(place).digits()).toList());
        List<DraftColumn> joined = new ArrayList<>(columns);
        for (int place : years) {
            DraftColumn column = columns.get(place);
            joined.set(
                    place,
                    new DraftColumn(
                            column.source(),
                            column.source(),
                            type,
                            column.format(),
                            column.required(),
                            column.remark()));
        }
        return joined;
    }

    private static LeatType common(Set<LeatType> types, List<NumberDigits> digits) {
        if (types.contains(LeatType.DOUBLE)) {
            return LeatType.DOUBLE;
        }
        if (types.equals(Set.of(LeatType.INTEGER))) {
            return LeatType.INTEGER;
        }
        var all = new NumberDigits(
                digits.stream().mapToInt(NumberDigits::whole).max().orElse(0),
                digits.stream().mapToInt(NumberDigits::fraction).max().orElse(0),
                0,
                0);
        return all.decimal().orElse(LeatType.DOUBLE);
    }
}
