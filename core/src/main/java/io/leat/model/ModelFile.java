package io.leat.model;

import io.leat.config.Problems;
import io.leat.name.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is in one file of models or audits, before the queries are understood. */
record ModelFile(List<Draft> models, List<AuditDefinition> audits) {

    /** A model whose query is not understood yet; without header if that has a problem. */
    record Draft(@Nullable ModelHeader header, Script script, List<Token> query) {}

    private static final Set<String> QUERY_WORDS =
            Set.of("SELECT", "WITH", "FROM", "VALUES", "TABLE", "PIVOT", "UNPIVOT", "DESCRIBE", "SUMMARIZE", "SHOW");

    /** Reads the blocks of a file and pairs each with its query. */
    static ModelFile read(Script script, Problems problems) {
        int before = problems.count();
        var statements = Statements.of(Tokenizer.tokens(script, problems));
        return problems.count() > before
                ? new ModelFile(List.of(), List.of())
                : new Reader(script, problems).read(statements);
    }

    private static final class Reader {
        private final Script script;
        private final Problems problems;
        private final List<Draft> models = new ArrayList<>();
        private final List<AuditDefinition> audits = new ArrayList<>();

        Reader(Script script, Problems problems) {
            this.script = script;
            this.problems = problems;
        }

        ModelFile read(List<List<Token>> statements) {
            if (statements.isEmpty()) {
                missingBlock(0);
            }
            for (int i = 0; i < statements.size(); ) {
                var word = statements.get(i).getFirst();
                if (word.is("AUDIT")) {
                    i = audit(statements, i);
                } else if (word.is("MODEL")) {
                    i = model(statements, i);
                } else {
                    stray(word);
                    break;
                }
            }
            return new ModelFile(List.copyOf(models), List.copyOf(audits));
        }

        /** An audit has the one statement behind it. Answers where the next block begins. */
        private int audit(List<List<Token>> statements, int at) {
            var block = statements.get(at);
            boolean followed = at + 1 < statements.size()
                    && !isBlock(statements.get(at + 1).getFirst());
            var queries = followed ? statements.subList(at + 1, at + 2) : List.<List<Token>>of();
            HeaderBlock.read(script, block, problems)
                    .ifPresent(properties -> query(block, queries)
                            .flatMap(tokens ->
                                    AuditDefinition.of(script, block.getFirst(), properties, tokens, problems))
                            .ifPresent(audits::add));
            return at + 1 + queries.size();
        }

        /** A model has all statements up to the next model, but for the audits among them. */
        private int model(List<List<Token>> statements, int at) {
            var block = statements.get(at);
            int before = problems.count();
            var header = HeaderBlock.read(script, block, problems)
                    .flatMap(properties -> ModelHeader.of(script, block.getFirst(), properties, problems));
            boolean sound = problems.count() == before;
            var queries = new ArrayList<List<Token>>();
            int next = at + 1;
            while (next < statements.size() && !statements.get(next).getFirst().is("MODEL")) {
                if (statements.get(next).getFirst().is("AUDIT")) {
                    next = audit(statements, next);
                } else {
                    queries.add(statements.get(next++));
                }
            }
            boolean disabled = header.filter(found -> found.state() == ModelHeader.State.DISABLED)
                    .isPresent();
            if (header.isPresent()
                    || !queries.isEmpty() && isQuery(queries.getFirst().getFirst())) {
                query(block, queries)
                        .filter(query -> !disabled)
                        .ifPresent(query -> models.add(new Draft(sound ? header.orElse(null) : null, script, query)));
            }
            return next;
        }

        private static boolean isBlock(Token word) {
            return word.is("MODEL") || word.is("AUDIT");
        }

        /** The only query of a block. */
        private Optional<List<Token>> query(List<Token> block, List<List<Token>> queries) {
            if (queries.isEmpty()) {
                problems.add(script.problem(
                                ErrorCode.SQL_SYNTAX, block.getLast().end(), "the query is missing behind the block")
                        .expecting("SELECT …"));
                return Optional.empty();
            }
            for (int i = 0; i < queries.size(); i++) {
                var first = queries.get(i).getFirst();
                if (!isQuery(first)) {
                    stray(first);
                    return Optional.empty();
                }
                if (i > 0) {
                    problems.add(script.problem(
                                    ErrorCode.UNSUPPORTED,
                                    first.start(),
                                    "a model is one query, but here a second one begins")
                            .hinting("make it a model in a file of its own, or join both with UNION ALL"));
                    return Optional.empty();
                }
            }
            return Optional.of(queries.getFirst());
        }

        private static boolean isQuery(Token first) {
            return first.is("(")
                    || QUERY_WORDS.contains(first.text().toUpperCase(Locale.ROOT))
                    || first.kind() != Token.Kind.WORD && first.kind() != Token.Kind.MACRO;
        }

        private void stray(Token word) {
            String text = word.text().toUpperCase(Locale.ROOT);
            if (text.startsWith("JINJA") || text.equals("{")) {
                unsupported(word, "Jinja is not supported yet", "write the SQL out");
            } else if (word.kind() == Token.Kind.MACRO) {
                unsupported(word, "the macro " + word.text() + " is not supported yet", "write the SQL out");
            } else if (QUERY_WORDS.contains(text) || word.is("(")) {
                missingBlock(word.start());
            } else if (text.equals("METRIC") || text.equals("SEED") || text.equals("STANDALONE")) {
                unsupported(word, text + " blocks are not supported yet", "a file has MODEL and AUDIT blocks");
            } else if (models.isEmpty()
                    && audits.isEmpty()
                    && Set.of("MODLE", "MODELS", "MODE", "MDOEL").contains(text)) {
                problems.add(script.problem(ErrorCode.SQL_SYNTAX, word.start(), "there is no block " + word.text())
                        .hinting("did you mean 'MODEL'?"));
            } else {
                unsupported(
                        word,
                        "a statement that begins with " + word.text() + " is not supported: a model is one query",
                        "statements before and after the query are not run");
            }
        }

        private void missingBlock(int offset) {
            problems.add(script.problem(ErrorCode.SQL_SYNTAX, offset, "the MODEL block is missing")
                    .expecting("MODEL ( name schema.table, kind FULL );"));
        }

        private void unsupported(Token token, String message, String hint) {
            problems.add(script.problem(ErrorCode.UNSUPPORTED, token.start(), message)
                    .hinting(hint));
        }
    }
}
