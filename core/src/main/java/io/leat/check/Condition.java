package io.leat.check;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A threshold as users write it: {@code > 0}, {@code >= 10}, {@code > 1%}. A percentage is of the rows that were asked.
 *
 * @param percent whether the amount is a percentage
 */
public record Condition(Comparison comparison, BigDecimal amount, boolean percent) {

    /** How the measured number is compared with the amount. */
    public enum Comparison {
        GREATER(">"),
        AT_LEAST(">="),
        LESS("<"),
        AT_MOST("<="),
        EQUAL("="),
        DIFFERENT("!=");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }

        private boolean holds(int order) {
            return switch (this) {
                case GREATER -> order > 0;
                case AT_LEAST -> order >= 0;
                case LESS -> order < 0;
                case AT_MOST -> order <= 0;
                case EQUAL -> order == 0;
                case DIFFERENT -> order != 0;
            };
        }
    }

    public static final Condition ANY = new Condition(Comparison.GREATER, BigDecimal.ZERO, false);

    static final String FORM = "(>=?|<=?|!=|=)\\s*[0-9]+(\\.[0-9]+)?\\s*%?";

    private static final Pattern PARTS = Pattern.compile("(>=?|<=?|!=|=)\\s*([0-9]+(?:\\.[0-9]+)?)\\s*(%?)");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** Reads the form that users write. */
    public static Condition parse(String text) {
        Matcher parts = PARTS.matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a comparison with a number such as > 0 or > 1%");
        }
        for (Comparison comparison : Comparison.values()) {
            if (comparison.sign.equals(parts.group(1))) {
                return new Condition(
                        comparison,
                        new BigDecimal(parts.group(2)),
                        !parts.group(3).isEmpty());
            }
        }
        throw new IllegalArgumentException("'" + parts.group(1) + "' is not a comparison");
    }

    /** Whether it holds for so many of so many; a percentage of nothing is 0. */
    public boolean holds(long measured, long total) {
        BigDecimal number = BigDecimal.valueOf(measured);
        if (percent) {
            number = total == 0
                    ? BigDecimal.ZERO
                    : number.multiply(HUNDRED).divide(BigDecimal.valueOf(total), 12, RoundingMode.HALF_EVEN);
        }
        return comparison.holds(number.compareTo(amount));
    }

    @Override
    public String toString() {
        return comparison.sign + " " + amount.toPlainString() + (percent ? "%" : "");
    }
}
