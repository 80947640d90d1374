package io.leat.source;

import io.leat.schema.LeatType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Which columns may be a key, the likeliest first: by what they are called, and by about how many different values they have. */
final class KeyRanking {

    private static final int MOST_SINGLE = 4;
    private static final int MOST_PAIRS = 4;
    private static final int FEW = 10;
    private static final long MOST_WORK = 8_000_000;
    private static final Pattern ID = Pattern.compile(
            "(.*_)?(id|ids|key|code|no|nr|num|number|uuid|guid|sku|isbn|iban|iso[23]?|slug|symbol|ticker|email)");
    private static final Pattern PART = Pattern.compile(
            "(.*_)?(year|month|quarter|week|day|date|time|timestamp|at|on|hour|period|seq|sequence|line|position|index|version|rank|row)");
    private static final Pattern PROSE =
            Pattern.compile("(.*_)?(description|comment|comments|text|note|notes|title|remark|address|url)");

    private record Ranked(int place, int rank, long distinct) {}

    private final List<DraftColumn> columns;
    private final List<Finding> findings;

    KeyRanking(List<DraftColumn> columns, List<Finding> findings) {
        this.columns = columns;
        this.findings = findings;
    }

    /** Places of columns, alone and in pairs. None when there are so many rows that asking would be dear. */
    List<List<Integer>> candidates(long rows) {
        long most = rows < 2 ? 0 : MOST_WORK / rows;
        List<Ranked> ranked = ranked();
        List<List<Integer>> found = new ArrayList<>();
        List<Integer> single = ranked.stream()
                .filter(each -> each.distinct() >= rows * 7 / 10 && isAlone(each) && (rows >= FEW || each.rank() <= 1))
                .limit(MOST_SINGLE)
                .map(Ranked::place)
                .toList();
        single.forEach(place -> found.add(List.of(place)));
        record Pair(Ranked left, Ranked right) {
            int rank() {
                return left.rank() + right.rank();
            }
        }
        List<Pair> pairs = new ArrayList<>();
        List<Ranked> parts = ranked.stream()
                .filter(each -> each.rank() <= 4 && !single.contains(each.place()) && each.distinct() > 1)
                .sorted(Comparator.comparingInt(Ranked::place))
                .toList();
        for (Ranked left : parts) {
            for (Ranked right : parts) {
                double combinations = (double) left.distinct() * right.distinct();
                if (left.place() < right.place() && combinations >= rows * 0.7 && rows >= FEW) {
                    pairs.add(new Pair(left, right));
                }
            }
        }
        pairs.stream()
                .sorted(Comparator.comparingInt(Pair::rank))
                .limit(MOST_PAIRS)
                .forEach(pair ->
                        found.add(List.of(pair.left().place(), pair.right().place())));
        return found.stream().limit(most).toList();
    }

    /** A whole number that is no key by its name and does not stand first is a measure that happens not to repeat. */
    private boolean isAlone(Ranked each) {
        DraftColumn column = columns.get(each.place());
        return each.place() == 0
                || !column.type().isNumber()
                || ID.matcher(column.name()).matches();
    }

    private List<Ranked> ranked() {
        return IntStream.range(0, columns.size())
                .filter(place -> columns.get(place).required()
                        && canBeKey(columns.get(place).type()))
                .mapToObj(place -> new Ranked(
                        place,
                        rank(columns.get(place), place),
                        findings.get(place).distinct()))
                .sorted(Comparator.comparingInt(Ranked::rank).thenComparing(Ranked::place))
                .toList();
    }

    private static boolean canBeKey(LeatType type) {
        return type == LeatType.STRING
                || type == LeatType.Simple.UUID
                || type == LeatType.DATE
                || type == LeatType.TIMESTAMP
                || type == LeatType.LOCAL_TIMESTAMP
                || type instanceof LeatType.Simple simple && simple.isInteger();
    }

    private static int rank(DraftColumn column, int place) {
        String name = column.name();
        boolean key = ID.matcher(name).matches();
        boolean part = PART.matcher(name).matches() || column.isTime();
        boolean number = column.type().isNumber();
        return key ? 0 : part ? 2 : PROSE.matcher(name).matches() || number && place > 0 ? 6 : place == 0 ? 1 : 3;
    }
}
