package io.leat.step;

import io.leat.config.Located;
import io.leat.config.Mark;
import io.leat.config.Shape;
import io.leat.schema.LeatType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One operation on rows, as a project declares it. */
public sealed interface Step {

    /** A list of steps in the order in which rows go through them. */
    Shape<List<Step>> SHAPE = Shape.list(StepShapes.STEP);

    /** The key in the project: {@code trim}. */
    String kind();

    /**
     * Takes blanks off both ends of texts. Where it comes before every other kind of step, it works before the rules of columns
     * judge.
     */
    record Trim(List<Located<String>> columns) implements Step {
        @Override
        public String kind() {
            return "trim";
        }
    }

    /** Puts a value where a column has none. */
    record Fill(Map<Located<String>, Located<String>> values) implements Step {
        @Override
        public String kind() {
            return "fill";
        }
    }

    /** Gives columns other names: old to new. */
    record Rename(Map<Located<String>, Located<String>> names) implements Step {
        @Override
        public String kind() {
            return "rename";
        }
    }

    /** Gives columns other types; a row whose value would lose something is rejected. */
    record Cast(Map<Located<String>, To> columns) implements Step {
        /** A type, and for dates and times how they are written. */
        public record To(LeatType type, Optional<String> format) {}

        @Override
        public String kind() {
            return "cast";
        }
    }

    /** Computes columns, one after the other: each sees those before it. A row on which an expression fails is rejected. */
    record Derive(Map<Located<String>, Located<String>> expressions) implements Step {
        @Override
        public String kind() {
            return "derive";
        }
    }

    /** Keeps the rows for which the expression is true. */
    record Filter(Located<String> expression) implements Step {
        @Override
        public String kind() {
            return "filter";
        }
    }

    /**
     * Keeps one row of those that are equal in the key columns, NULL counting as equal to NULL; without a key, in all columns.
     * Rows are compared within their window.
     */
    record Deduplicate(Mark mark, List<Located<String>> key, Keep keep) implements Step {
        @Override
        public String kind() {
            return "deduplicate";
        }
    }

    /** Which of equal rows is kept. */
    sealed interface Keep {
        /** The first in the order of the source. */
        record First() implements Keep {}

        /** The last in the order of the source. */
        record Last() implements Keep {}

        /** The first by an ORDER BY; where that leaves a choice, the first in the order of the source. */
        record By(Located<String> order) implements Keep {}
    }

    /** Makes a row of each of several columns: one column takes the name, another the value. */
    record Unpivot(
            Mark mark, List<Located<String>> columns, Located<String> name, Located<String> value, boolean keepNulls)
            implements Step {
        @Override
        public String kind() {
            return "unpivot";
        }
    }

    /**
     * Adds columns of a table or file in which the key finds at most one row.
     *
     * @param match own column to column of the other
     * @param add column here to column of the other
     */
    record Enrich(
            Located<String> with,
            Map<Located<String>, Located<String>> match,
            Map<Located<String>, Located<String>> add,
            Missing missing)
            implements Step {
        @Override
        public String kind() {
            return "enrich";
        }
    }

    /** What becomes of a row whose key the other table does not have. */
    enum Missing {
        NULL,
        REJECT
    }
}
