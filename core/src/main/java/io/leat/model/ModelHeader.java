package io.leat.model;

import io.leat.config.Mark;
import io.leat.config.Problems;
import io.leat.name.ErrorCode;
import io.leat.name.TableName;
import io.leat.time.Cron;
import io.leat.time.Granularity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What stands in a {@code MODEL} block. */
record ModelHeader(
        TableName name,
        Mark mark,
        ModelKind kind,
        Cron cron,
        Granularity every,
        @Nullable Instant start,
        @Nullable String stamp,
        About about,
        List<DeclaredColumn> columns,
        List<AuditCall> audits,
        List<TableReference> dependsOn,
        List<String> ignored,
        State state) {

    enum State {
        ENABLED,
        DISABLED
    }

    private static final Map<String, String> INTERVAL_UNITS = Map.of(
            "year", "1y",
            "month", "1mo",
            "day", "1d",
            "hour", "1h",
            "half_hour", "30m",
            "quarter_hour", "15m",
            "five_minute", "5m");

    private static final List<String> KNOWN = List.of(
            "name",
            "kind",
            "cron",
            "interval_unit",
            "start",
            "owner",
            "description",
            "tags",
            "grain",
            "grains",
            "columns",
            "column_descriptions",
            "audits",
            "dialect",
            "depends_on",
            "stamp",
            "enabled",
            "cron_tz");

    /** What tells other engines how to store a table, or concerns SQLMesh's own tools: it changes no row. */
    private static final List<String> WITHOUT_EFFECT = List.of(
            "references",
            "partitioned_by",
            "clustered_by",
            "storage_format",
            "table_format",
            "physical_properties",
            "virtual_properties",
            "table_properties",
            "formatting",
            "optimize_query",
            "validate_query",
            "ignored_rules",
            "project",
            "physical_version");

    private static final Map<String, String> REFUSED = Map.of(
            "session_properties", "sessions have one fixed setting",
            "signals", "a model is due when its upstream tables are loaded",
            "pre_statements", "a model is one query",
            "post_statements", "a model is one query",
            "on_virtual_update", "a model is one query",
            "gateway", "all models run in one engine",
            "default_catalog", "tables have no catalog",
            "allow_partials", "only whole windows are filled",
            "end", "leave windows out with --end");

    /** Reads the properties; empty if there is a problem with one of them. */
    static Optional<ModelHeader> of(Script script, Token word, Map<String, HeaderValue> properties, Problems problems) {
        return new Reader(script, word, properties, problems).read();
    }

    private static final class Reader {
        private final Script script;
        private final Token word;
        private final Map<String, HeaderValue> properties;
        private final Problems problems;
        private final List<String> ignored = new ArrayList<>();

        Reader(Script script, Token word, Map<String, HeaderValue> properties, Problems problems) {
            this.script = script;
            this.word = word;
            this.properties = properties;
            this.problems = problems;
        }

        Optional<ModelHeader> read() {
            int before = problems.count();
            judgeKeys();
            var name = value("name")
                    .flatMap(value -> value.table()
                            .flatMap(table -> value.parsed(table.toString(), text -> table.requireUsers())));
            if (!properties.containsKey("name")) {
                problems.add(script.problem(ErrorCode.MISSING_KEY, word.start(), "the model has no name")
                        .expecting("name schema.table"));
            }
            ModelKind kind = value("kind").flatMap(this::kind).orElseGet(ModelKind.View::new);
            Cron cron = value("cron").flatMap(this::cron).orElseGet(() -> Cron.parse("@daily"));
            Granularity every = value("interval_unit").flatMap(this::unit).orElseGet(() -> every(cron));
            Instant start = value("start").flatMap(HeaderValue::instant).orElse(null);
            String stamp = value("stamp").flatMap(HeaderValue::text).orElse(null);
            boolean enabled = value("enabled").flatMap(HeaderValue::flag).orElse(true);
            var about = about();
            var columns = value("columns").map(this::columns).orElse(List.of());
            var audits = value("audits").map(this::audits).orElse(List.of());
            var dependsOn = value("depends_on").map(Reader::tables).orElse(List.of());
            var named = properties.get("name");
            if (problems.count() > before || name.isEmpty() || named == null) {
                return Optional.empty();
            }
            return Optional.of(new ModelHeader(
                    name.get(),
                    named.mark(),
                    kind,
                    cron,
                    every,
                    start,
                    stamp,
                    about,
                    columns,
                    audits,
                    dependsOn,
                    List.copyOf(ignored),
                    enabled ? State.ENABLED : State.DISABLED));
        }

        private Optional<HeaderValue> value(String key) {
            return Optional.ofNullable(properties.get(key));
        }

        private void judgeKeys() {
            var known = new ArrayList<>(KNOWN);
            known.addAll(WITHOUT_EFFECT);
            known.addAll(REFUSED.keySet());
            HeaderBlock.refuseUnknown(properties, known, problems);
            properties.keySet().stream().filter(WITHOUT_EFFECT::contains).forEach(ignored::add);
            properties.forEach((key, value) -> {
                var reason = REFUSED.get(key);
                boolean harmless = key.equals("allow_partials") && value.slice().equalsIgnoreCase("false");
                if (reason != null && !harmless) {
                    problems.add(value.keyProblem(ErrorCode.UNSUPPORTED, "'" + key + "' is not supported yet")
                            .hinting(reason));
                }
            });
            value("dialect")
                    .ifPresent(value -> value.text()
                            .filter(text -> !text.equalsIgnoreCase("duckdb"))
                            .ifPresent(text -> problems.add(
                                    value.problem(ErrorCode.UNSUPPORTED, "the dialect '" + text + "' is not supported")
                                            .expecting("duckdb"))));
            value("cron_tz")
                    .ifPresent(value -> value.text()
                            .filter(text -> !text.equalsIgnoreCase("UTC"))
                            .ifPresent(_ ->
                                    problems.add(value.problem(ErrorCode.UNSUPPORTED, "a model's windows are in UTC")
                                            .expecting("UTC"))));
        }

        private Optional<ModelKind> kind(HeaderValue value) {
            var reader = new KindReader(value, problems);
            var kind = reader.read();
            ignored.addAll(reader.ignored());
            return kind;
        }

        private Optional<Cron> cron(HeaderValue value) {
            return value.text().flatMap(text -> value.parsed(text, Cron::parse));
        }

        /** SQLMesh knows no weeks: what runs weekly fills seven days. */
        private static Granularity every(Cron cron) {
            var granularity = cron.granularity();
            return granularity.unit() == Granularity.Unit.WEEK ? Granularity.parse("1d") : granularity;
        }

        private Optional<Granularity> unit(HeaderValue value) {
            return value.text().flatMap(text -> {
                var unit = INTERVAL_UNITS.get(text.toLowerCase(Locale.ROOT));
                return unit == null
                        ? value.expected("one of year, month, day, hour, half_hour, quarter_hour, five_minute")
                        : Optional.of(Granularity.parse(unit));
            });
        }

        private About about() {
            var grains = new ArrayList<List<String>>();
            value("grain").ifPresent(value -> grains.add(value.expressions()));
            value("grains").ifPresent(value -> value.items().forEach(item -> grains.add(item.expressions())));
            var descriptions = new LinkedHashMap<String, String>();
            value("column_descriptions")
                    .ifPresent(value -> value.items().forEach(item -> description(item, descriptions)));
            return new About(
                    value("description").flatMap(HeaderValue::text).orElse(null),
                    value("owner").flatMap(HeaderValue::text).orElse(null),
                    value("tags").map(HeaderValue::texts).orElse(List.of()),
                    grains,
                    descriptions);
        }

        private void description(HeaderValue item, Map<String, String> descriptions) {
            var tokens = item.tokens();
            boolean fits = tokens.size() == 3
                    && tokens.get(0).isName()
                    && (tokens.get(1).is("=") || tokens.get(1).is(":="))
                    && (tokens.get(2).kind() == Token.Kind.STRING
                            || tokens.get(2).kind() == Token.Kind.QUOTED);
            if (fits) {
                descriptions.put(
                        tokens.get(0).value().toLowerCase(Locale.ROOT),
                        tokens.get(2).value());
            } else {
                item.expected("column_descriptions (column = 'text', …)");
            }
        }

        private List<DeclaredColumn> columns(HeaderValue value) {
            var columns = new ArrayList<DeclaredColumn>();
            for (HeaderValue item : value.items()) {
                var tokens = item.tokens();
                if (tokens.size() < 2
                        || !tokens.getFirst().isName()
                        || !tokens.get(1).isName()) {
                    item.expected("columns (name TYPE, …)");
                } else {
                    String type =
                            script.slice(tokens.get(1).start(), tokens.getLast().end());
                    columns.add(new DeclaredColumn(tokens.getFirst().value(), type, item.mark()));
                }
            }
            return columns;
        }

        private List<AuditCall> audits(HeaderValue value) {
            var calls = new ArrayList<AuditCall>();
            boolean call =
                    !value.tokens().isEmpty() && value.tokens().getFirst().isName();
            for (HeaderValue item : call ? List.of(value) : value.items()) {
                call(item).ifPresent(calls::add);
            }
            return calls;
        }

        private Optional<AuditCall> call(HeaderValue item) {
            var tokens = item.tokens();
            boolean plain = tokens.size() == 1 && tokens.getFirst().isName();
            boolean call = tokens.size() > 2
                    && tokens.getFirst().isName()
                    && tokens.get(1).is("(")
                    && Brackets.closing(tokens, 1) == tokens.size() - 1;
            if (!plain && !call) {
                return item.expected("audits (not_null(columns := (a, b)), …)");
            }
            var arguments = new LinkedHashMap<String, HeaderValue>();
            for (List<Token> part :
                    call ? Brackets.parts(tokens.subList(2, tokens.size() - 1)) : List.<List<Token>>of()) {
                boolean named = part.size() > 2
                        && part.getFirst().isName()
                        && (part.get(1).is(":=")
                                || part.get(1).is("=")
                                || part.get(1).is("=>"));
                var argument = new HeaderValue(script, tokens.getFirst(), part, problems);
                if (!named) {
                    argument.expected("name := value");
                    return Optional.empty();
                }
                arguments.put(
                        part.getFirst().value().toLowerCase(Locale.ROOT),
                        new HeaderValue(script, part.getFirst(), part.subList(2, part.size()), problems));
            }
            String label = item.slice().replaceAll("\\s+", " ");
            return Optional.of(
                    new AuditCall(tokens.getFirst().value().toLowerCase(Locale.ROOT), arguments, label, item.mark()));
        }

        private static List<TableReference> tables(HeaderValue value) {
            return value.items().stream()
                    .flatMap(item -> item.table().map(table -> new TableReference(table, item.mark())).stream())
                    .toList();
        }
    }
}
