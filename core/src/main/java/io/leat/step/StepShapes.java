package io.leat.step;

import io.leat.config.Choice;
import io.leat.config.Key;
import io.leat.config.Located;
import io.leat.config.Node;
import io.leat.config.ObjectShape;
import io.leat.config.Shape;
import io.leat.schema.LeatType;
import io.leat.schema.StrictCast;
import io.leat.step.Step.Cast;
import io.leat.step.Step.Deduplicate;
import io.leat.step.Step.Derive;
import io.leat.step.Step.Enrich;
import io.leat.step.Step.Fill;
import io.leat.step.Step.Filter;
import io.leat.step.Step.Keep;
import io.leat.step.Step.Missing;
import io.leat.step.Step.Rename;
import io.leat.step.Step.Trim;
import io.leat.step.Step.Unpivot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How steps are written in a project. */
final class StepShapes {

    private static final Shape<Located<String>> NAME = Shape.text().located();
    private static final Shape<Located<String>> NEW_NAME =
            Shape.text().as(StepShapes::usersOwn).located();
    private static final Shape<Located<String>> VALUE =
            Shape.scalar().located().as(value -> value.map(Node.Scalar::text));
    private static final Shape<LeatType> TYPE =
            Shape.parsed("a type such as string, integer, decimal(10,2), date", "", LeatType::parse);

    // cast
    private static final Key<LeatType> CAST_TYPE = Key.required("type", TYPE, "The type to cast to.");
    private static final Key<Optional<String>> CAST_FORMAT =
            Key.optional("format", Shape.text(), "How dates and times are written, in the letters of strptime.");
    private static final Shape<Cast.To> CAST_TO = Shape.either(
            TYPE.as(type -> new Cast.To(type, Optional.empty())),
            Shape.object(
                    "cast",
                    "A type, and how the values are written.",
                    fields -> {
                        var to = new Cast.To(fields.value(CAST_TYPE), fields.value(CAST_FORMAT));
                        StrictCast.problem(to.type(), to.format().orElse(null))
                                .ifPresent(problem -> fields.refuse(CAST_FORMAT, problem));
                        return to;
                    },
                    CAST_TYPE,
                    CAST_FORMAT));

    // deduplicate
    private static final Key<Located<String>> ORDER =
            Key.required("order", Shape.text().located(), "An ORDER BY list; the first row is kept.");
    private static final Shape<Keep> KEEP = Shape.either(
            Shape.oneOf(List.of("first", "last")).as(word -> word.equals("last") ? new Keep.Last() : new Keep.First()),
            Shape.<Keep>object(
                    "keep", "Which of equal rows is kept.", fields -> new Keep.By(fields.value(ORDER)), ORDER));
    private static final Key<Optional<List<Located<String>>>> DEDUPLICATE_KEY =
            Key.optional("key", Shape.oneOrList(NAME), "The columns that make rows equal; all if absent.");
    private static final Key<Optional<Keep>> DEDUPLICATE_KEEP = Key.optional(
            "keep", KEEP, "Which of equal rows is kept: first, last, or one by an order; first if absent.");
    private static final ObjectShape<Deduplicate> DEDUPLICATE = Shape.object(
            "deduplicate",
            "Keeps one row of those that are equal in the key columns.",
            fields -> new Deduplicate(
                    fields.mark(),
                    fields.value(DEDUPLICATE_KEY).orElseGet(List::of),
                    fields.value(DEDUPLICATE_KEEP).orElseGet(Keep.First::new)),
            DEDUPLICATE_KEY,
            DEDUPLICATE_KEEP);

    // unpivot
    private static final Key<List<Located<String>>> UNPIVOT_COLUMNS =
            Key.required("columns", Shape.oneOrList(NAME), "The columns, or a regular expression between slashes.");
    private static final Key<Located<String>> UNPIVOT_NAME =
            Key.optional("name", NEW_NAME, "The column that takes the names.", "name");
    private static final Key<Located<String>> UNPIVOT_VALUE =
            Key.optional("value", NEW_NAME, "The column that takes the values.", "value");
    private static final Key<String> UNPIVOT_NULLS = Key.optional(
            "nulls", Shape.oneOf(List.of("drop", "keep")), "Whether cells without a value make rows.", "drop");
    private static final ObjectShape<Unpivot> UNPIVOT = Shape.object(
            "unpivot",
            "Makes a row of each of several columns.",
            fields -> new Unpivot(
                    fields.mark(),
                    fields.value(UNPIVOT_COLUMNS),
                    fields.value(UNPIVOT_NAME),
                    fields.value(UNPIVOT_VALUE),
                    fields.value(UNPIVOT_NULLS).equals("keep")),
            UNPIVOT_COLUMNS,
            UNPIVOT_NAME,
            UNPIVOT_VALUE,
            UNPIVOT_NULLS);

    // enrich
    private static final Key<Located<String>> WITH =
            Key.required("with", NAME, "A table of the lake, such as reference.airports, or a file.");
    private static final Key<Map<Located<String>, Located<String>>> MATCH =
            Key.required("match", Shape.map(NAME, NAME), "Own column: column of the other.");
    private static final Key<Map<Located<String>, Located<String>>> ADD = Key.required(
            "add",
            Shape.either(Shape.listOfSome(NEW_NAME).as(StepShapes::same), Shape.map(NEW_NAME, NAME)),
            "Columns of the other to add: a list, or name here: name there.");
    private static final Key<Missing> MISSING = Key.optional(
            "missing",
            Shape.any().as(StepShapes::missing).expecting("null or reject"),
            "What becomes of a row whose key the other does not have.",
            "null");
    private static final ObjectShape<Enrich> ENRICH = Shape.object(
            "enrich",
            "Adds columns of a table or file in which the key finds at most one row.",
            fields -> new Enrich(fields.value(WITH), fields.value(MATCH), fields.value(ADD), fields.value(MISSING)),
            WITH,
            MATCH,
            ADD,
            MISSING);

    private static final Choice<Step> KIND = Choice.exactlyOne(List.<Key<? extends Step>>of(
            Key.required(
                    "trim",
                    Shape.oneOrList(NAME).as(Trim::new),
                    "Takes blanks off both ends of texts; before all other steps it works before columns are judged."),
            Key.required("fill", Shape.map(NAME, VALUE).as(Fill::new), "Puts a value where a column has none."),
            Key.required("rename", Shape.map(NAME, NEW_NAME).as(Rename::new), "Gives columns other names: old: new."),
            Key.required("cast", Shape.map(NAME, CAST_TO).as(Cast::new), "Gives columns other types."),
            Key.required(
                    "derive",
                    Shape.map(NEW_NAME, Shape.text().located()).as(Derive::new),
                    "Computes columns by SQL expressions, one after the other."),
            Key.required(
                    "filter",
                    Shape.text().located().as(Filter::new),
                    "Keeps the rows for which the SQL expression is true."),
            Key.required("deduplicate", DEDUPLICATE, "Keeps one row of those that are equal."),
            Key.required("unpivot", UNPIVOT, "Makes a row of each of several columns."),
            Key.required("enrich", ENRICH, "Adds columns of another table.")));

    static final Shape<Step> STEP = Shape.object("step", "One operation on rows.", fields -> fields.value(KIND), KIND);

    private StepShapes() {}

    private static Map<Located<String>, Located<String>> same(List<Located<String>> names) {
        var map = new LinkedHashMap<Located<String>, Located<String>>();
        names.forEach(name -> map.put(name, name));
        return map;
    }

    /** The word null is no text in YAML. */
    private static Missing missing(Node node) {
        if (node instanceof Node.Scalar scalar) {
            if (scalar.isNull() || scalar.text().equals("null")) {
                return Missing.NULL;
            }
            if (scalar.text().equals("reject")) {
                return Missing.REJECT;
            }
        }
        throw new IllegalArgumentException(node.found() + " is not known here");
    }

    private static String usersOwn(String name) {
        if (name.startsWith("_leat_")) {
            throw new IllegalArgumentException("names that begin with _leat_ are Leat's own");
        }
        return name;
    }
}
