package io.leat.model;

import io.leat.config.Problems;
import io.leat.name.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What is in one file of models or audits, before the queries are understood. */
record ModelFile(List<Draft> models, List<AuditDefinition> audits) {

    /** A model whose header is read. */
    record Draft(ModelHeader header, Script script, List<Token> query) {}

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
                if (!isBlock(word)) {
                    stray(word);
                    break;
                }
                int end = i + 1;
                while (end < statements.size() && !isBlock(statements.get(end).getFirst())) {
                    end++;
                }
                block(statements.get(i), statements.subList(i + 1, end));
                i = end;
            }
            return new ModelFile(List.copyOf(models), List.copyOf(audits));
        }

        private static boolean isBlock(Token word) {
            return word.is("MODEL") || word.is("AUDIT");
        }

        private void block(List<Token> block, List<List<Token>> queries) {
            var word = block.getFirst();
            int before = problems.count();
            var properties = HeaderBlock.read(script, block, problems);
            var header = word.is("MODEL")
                    ? properties.flatMap(found -> ModelHeader.of(script, word, found, problems))
                    : Optional.<ModelHeader>empty();
            if (properties.isEmpty()) {
                return;
            }
            var query = query(block, queries, header);
            if (word.is("AUDIT")) {
                query.flatMap(tokens -> AuditDefinition.of(script, word, properties.get(), tokens, problems))
                        .ifPresent(audits::add);
            } else if (problems.count() == before
                    && header.isPresent()
                    && query.isPresent()
                    && header.get().state() == ModelHeader.State.ENABLED) {
                models.add(new Draft(header.get(), script, query.get()));
            }
        }

        /** The only query of a block; a kind without query is refused elsewhere. */
        private Optional<List<Token>> query(
                List<Token> block, List<List<Token>> queries, Optional<ModelHeader> header) {
            if (queries.isEmpty()) {
                if (block.getFirst().is("AUDIT") || header.isPresent()) {
                    problems.add(script.problem(
                                    ErrorCode.SQL_SYNTAX,
                                    block.getLast().end(),
                                    "the query is missing behind the block")
                            .expecting("SELECT …"));
                }
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
