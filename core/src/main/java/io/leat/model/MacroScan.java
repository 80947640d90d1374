package io.leat.model;

import io.leat.config.Problems;
import io.leat.model.Edited.Edit;
import io.leat.name.ErrorCode;
import io.leat.name.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds the macros in a text: what has one value for good becomes an edit, the moments of a window stay open. */
final class MacroScan {

    /** What {@code @this_model} reads, as far as the parser is concerned. */
    static final TableName THIS_MODEL = new TableName("_leat", "this_model");

    /** A time macro at a place of the script. */
    record Moment(int start, int end, TimeMacro macro) {}

    private static final String FUNCTIONS_HINT =
            "of SQLMesh's macros Leat knows the time variables, @VAR('name') and the variables of leat.yaml: write the SQL out";

    private final Script script;
    private final List<Token> tokens;
    private final MacroScope scope;
    private final Problems problems;
    private final List<Edit> edits = new ArrayList<>();
    private final List<Moment> moments = new ArrayList<>();

    MacroScan(Script script, List<Token> tokens, MacroScope scope, Problems problems) {
        this.script = script;
        this.tokens = tokens;
        this.scope = scope;
        this.problems = problems;
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).kind() == Token.Kind.MACRO) {
                i = macro(i);
            } else if (isJinja(i)) {
                unsupported(tokens.get(i), "Jinja is not supported yet", "write the SQL out");
                break;
            }
        }
    }

    List<Edit> edits() {
        return List.copyOf(edits);
    }

    List<Moment> moments() {
        return List.copyOf(moments);
    }

    private boolean isJinja(int i) {
        return i + 1 < tokens.size()
                && tokens.get(i).is("{")
                && tokens.get(i).touches(tokens.get(i + 1))
                && Set.of("{", "%", "#").contains(tokens.get(i + 1).text());
    }

    /** The index of the last token that belongs to the macro. */
    private int macro(int i) {
        var token = tokens.get(i);
        String name = token.value();
        boolean called = i + 1 < tokens.size() && tokens.get(i + 1).is("(") && token.touches(tokens.get(i + 1));
        if (token.text().startsWith("@{")) {
            part(token, name);
        } else if (token.text().startsWith("@'")) {
            unsupported(token, "texts with macros inside are not supported yet", FUNCTIONS_HINT);
        } else if (called && name.equals("var")) {
            return variable(i);
        } else if (called) {
            unsupported(token, "the macro " + token.text() + "(…) is not supported yet", FUNCTIONS_HINT);
        } else if (name.equals("this_model")) {
            thisModel(token);
        } else {
            named(token, name);
        }
        return i;
    }

    private void named(Token token, String name) {
        var moment = TimeMacro.parse(name);
        var text = scope.text(name);
        if (scope.arguments().containsKey(name) || moment.isEmpty() && text.isPresent()) {
            edits.add(new Edit(token.start(), token.end(), text.orElseThrow()));
        } else if (moment.isPresent()) {
            moments.add(new Moment(token.start(), token.end(), moment.get()));
        } else {
            unknown(token, name);
        }
    }

    private void part(Token token, String name) {
        var value = scope.part(name);
        if (value.isEmpty()) {
            unknown(token, name);
        } else if (!value.get().matches("[A-Za-z0-9_.]+")) {
            problems.add(script.problem(
                            ErrorCode.WRONG_VALUE,
                            token.start(),
                            "the value of " + token.text() + " cannot be part of a name: " + value.get())
                    .expecting("letters, digits and underscores"));
        } else {
            edits.add(new Edit(token.start(), token.end(), value.get()));
        }
    }

    private void thisModel(Token token) {
        if (scope.place() == MacroScope.Place.MODEL) {
            unsupported(token, "a model cannot read itself", "@this_model is for audits");
        } else {
            edits.add(new Edit(token.start(), token.end(), THIS_MODEL.toString()));
        }
    }

    /** {@code @VAR('name')} or {@code @VAR('name', otherwise)}. */
    private int variable(int i) {
        int close = Brackets.closing(tokens, i + 1);
        if (close < 0 || close < i + 3 || tokens.get(i + 2).kind() != Token.Kind.STRING) {
            problems.add(
                    script.problem(ErrorCode.SQL_SYNTAX, tokens.get(i).start(), "@VAR needs the name of a variable")
                            .expecting("@VAR('name') or @VAR('name', otherwise)"));
            return close < 0 ? i : close;
        }
        String name = tokens.get(i + 2).value();
        var literal = scope.variables().literal(name);
        int start = tokens.get(i).start();
        int end = tokens.get(close).end();
        if (literal.isPresent()) {
            edits.add(new Edit(start, end, literal.get()));
        } else if (close > i + 4 && tokens.get(i + 3).is(",")) {
            edits.add(new Edit(
                    start,
                    end,
                    script.slice(
                            tokens.get(i + 4).start(), tokens.get(close - 1).end())));
        } else {
            unknown(tokens.get(i + 2), name);
        }
        return close;
    }

    private void unknown(Token token, String name) {
        problems.add(script.problem(ErrorCode.UNKNOWN_NAME, token.start(), "there is no variable '" + name + "'")
                .hinting("variables stand in leat.yaml under `variables`; for the absolute value write abs(…)")
                .didYouMean(name, scope.names()));
    }

    private void unsupported(Token token, String message, String hint) {
        problems.add(
                script.problem(ErrorCode.UNSUPPORTED, token.start(), message).hinting(hint));
    }
}
