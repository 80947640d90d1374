package io.leat.cli;

import io.leat.Leat;
import io.leat.cli.output.Human;
import io.leat.cli.output.Kind;
import io.leat.cli.output.Listing;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.name.PipelineName;
import io.leat.source.Draft;
import io.leat.source.DraftColumn;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "add",
        description = {
            "Drafts a pipeline from files: CSV, JSON, NDJSON or Parquet, plain or packed by gzip or zstd.",
            "Every row is read: the types of columns hold for all of them, and the next run loads the file without an edit.",
            "Files with the same columns share a pipeline where a pattern finds just them."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  leat add data/sales.csv",
            "  leat add data/sales-2023.csv data/sales-2024.csv",
            "  leat add --name orders export_final_2.csv.gz",
            "  leat add --dry-run data/sales.csv      shows the draft and writes nothing"
        })
final class AddCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The files.")
    List<Path> files = List.of();

    @Option(names = "--name", paramLabel = "NAME", description = "What the pipeline and its table are called.")
    @Nullable
    String name;

    @Option(names = "--dry-run", description = "Prints the draft and writes nothing.")
    boolean dryRun;

    AddCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var place = session.place();
        List<Path> named = files.stream().map(session::resolve).toList();
        List<Draft> drafts = Leat.draft(place, named, name());
        var output = session.output();
        if (dryRun) {
            drafts.forEach(draft -> output.text(draft.yaml().stripTrailing()));
        } else {
            drafts.forEach(draft -> draft.writeTo(place.root()));
        }
        if (output.form().forPrograms()) {
            output.print(listing(), drafts);
        } else if (!dryRun) {
            drafts.forEach(draft -> output.text(summary(draft)));
            output.say("next: look at the file" + (drafts.size() == 1 ? "" : "s") + ", then `leat run`");
        }
        return 0;
    }

    private Optional<PipelineName> name() {
        String given = name;
        if (given == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new PipelineName(given));
        } catch (IllegalArgumentException wrong) {
            throw new PipelineException(ErrorCode.BAD_ARGUMENT, String.valueOf(wrong.getMessage()), wrong)
                    .withHint("for example --name sales_2024");
        }
    }

    private static String summary(Draft draft) {
        var text = new StringBuilder("wrote " + draft.path() + ": "
                + Human.count(draft.rows(), "row", "rows") + " of "
                + Human.count(draft.columns().size(), "column", "columns") + " for " + draft.table());
        int widest = draft.columns().stream()
                .mapToInt(column -> column.name().length())
                .max()
                .orElse(0);
        for (DraftColumn column : draft.columns()) {
            text.append("\n  ")
                    .append(column.name())
                    .append(" ".repeat(widest - column.name().length() + 2))
                    .append(column.type().text())
                    .append(column.format()
                            .map(format -> " written as " + format)
                            .orElse(""))
                    .append(column.required() ? "" : ", may be empty");
        }
        if (!draft.key().isEmpty()) {
            text.append("\n  key: ").append(String.join(", ", draft.key()));
        }
        draft.notes().forEach(note -> text.append("\n  note: ").append(note));
        draft.columns()
                .forEach(column -> column.remark()
                        .ifPresent(remark -> text.append("\n  note: ")
                                .append(column.name())
                                .append(": ")
                                .append(remark)));
        return text.toString();
    }

    private static Listing<Draft> listing() {
        return Listing.<Draft>empty()
                .with("pipeline", Kind.TEXT, Draft::pipeline)
                .with("table", Kind.TEXT, Draft::table)
                .with("path", Kind.TEXT, Draft::path)
                .with("rows", Kind.NUMBER, Draft::rows)
                .with("broken", Kind.NUMBER, Draft::broken)
                .withDetail("files", Draft::files)
                .withDetail(
                        "columns",
                        draft -> draft.columns().stream()
                                .map(column ->
                                        column.name() + " " + column.type().text())
                                .toList())
                .withDetail("key", Draft::key)
                .withDetail("notes", Draft::notes)
                .withDetail("yaml", Draft::yaml);
    }
}
