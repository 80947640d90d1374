package io.leat.cli;

import io.leat.Leat;
import io.leat.cli.output.Kind;
import io.leat.cli.output.Listing;
import io.leat.project.Node;
import io.leat.run.Why;
import io.leat.state.Load;
import io.leat.time.Grid;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "why",
        description = {
            "The whole story of one slice: why it was loaded, skipped, failed or not begun; what became of its rows;",
            "what was checked; who held it; what readers see."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  leat why trips@2024-03-10T02", "  leat why wellbeing@all", "  leat why trips@2024-03-10T02 -o json"
        })
final class WhyCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "RECORD", description = "The name of a record: PIPELINE@LABEL.")
    String record = "";

    WhyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (var leat = session.leat()) {
            Why why = leat.why(record);
            var output = session.output();
            if (output.form().forPrograms()) {
                output.print(LISTING, List.of(why));
            } else {
                output.text(why.name() + " " + why.reason());
                ZoneId zone = zone(leat, why);
                for (Why.Generation generation : why.generations().reversed()) {
                    output.text("");
                    RecordStory.of(
                                    generation.record(),
                                    zone,
                                    generation.checks(),
                                    generation.events(),
                                    load(why, generation))
                            .forEach(output::text);
                }
            }
        }
        return 0;
    }

    private static Optional<Load> load(Why why, Why.Generation generation) {
        return why.loads().stream()
                .filter(load -> load.generation() == generation.record().generation() && load.published())
                .findFirst();
    }

    private static ZoneId zone(Leat leat, Why why) {
        String pipeline = why.name().substring(0, why.name().lastIndexOf('@'));
        Optional<Node> node = leat.project().dag().nodes().stream()
                .filter(each -> each.name().value().equals(pipeline))
                .findFirst();
        return node.flatMap(leat.project()::grid)
                .map(Grid::zone)
                .orElse(leat.project().settings().defaults().timezone());
    }

    private static final Listing<Why> LISTING = Listing.<Why>empty()
            .with("name", Kind.TEXT, Why::name)
            .with("reason", Kind.TEXT, Why::reason)
            .with(
                    "generations",
                    Kind.TEXT,
                    why -> why.generations().stream().map(WhyCommand::fields).toList())
            .with(
                    "loads",
                    Kind.TEXT,
                    why -> why.loads().stream().map(WhyCommand::fields).toList());

    private static Map<String, @Nullable Object> fields(Why.Generation generation) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        RecordListing.of(record -> ZoneId.of("UTC"))
                .columns()
                .forEach(column -> fields.put(column.name(), column.value().apply(generation.record())));
        fields.put("events", generation.events().stream().map(Object::toString).toList());
        fields.put(
                "checks",
                generation.checks().stream()
                        .map(check -> {
                            var values = new LinkedHashMap<String, @Nullable Object>();
                            values.put("name", check.name());
                            values.put("verdict", check.verdict());
                            values.put("value", check.value());
                            values.put("threshold", check.threshold());
                            values.put("message", check.message());
                            return values;
                        })
                        .toList());
        return fields;
    }

    private static Map<String, @Nullable Object> fields(Load load) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("load_id", load.loadId());
        fields.put("token", load.token());
        fields.put("rows", load.rows());
        fields.put("rejected", load.rejected());
        fields.put("committed_at", load.committedAt());
        fields.put("replaced_by", load.replacedBy());
        fields.put("quarantine", load.quarantine());
        return fields;
    }
}
