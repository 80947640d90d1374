package io.leat.model;

import io.leat.config.Mark;
import io.leat.config.Problem;
import io.leat.config.Problems;
import io.leat.config.UnreadablePath;
import io.leat.model.ModelFile.Draft;
import io.leat.name.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads models and audits from files, each problem with its place. */
public final class Models {

    private static final String MODELS = "models";
    private static final String AUDITS = "audits";

    private Models() {}

    /**
     * The models in the folders {@code models} and {@code audits} of a project, by name; those with a problem, and those with {@code
     * enabled false}, are left out. Files are shown by their path within the project.
     */
    public static List<Model> read(Path project, Variables variables, Analyzer analyzer, Problems problems) {
        var texts = new TreeMap<Path, String>();
        for (String folder : List.of(AUDITS, MODELS)) {
            for (Path file : files(project, folder, problems)) {
                Path shown = project.relativize(file);
                if (file.toString().endsWith(".py") && folder.equals(MODELS) && !file.endsWith("__init__.py")) {
                    problems.add(new Problem(
                                    ErrorCode.UNSUPPORTED, Mark.whole(shown), "models in Python are not supported yet")
                            .hinting("write the model in SQL"));
                } else if (file.toString().endsWith(".sql")) {
                    text(file, shown, problems).ifPresent(text -> texts.put(shown, text));
                }
            }
        }
        return read(texts, variables, analyzer, problems);
    }

    /** The models in texts, each under the path by which it is shown. */
    public static List<Model> read(Map<Path, String> texts, Variables variables, Analyzer analyzer, Problems problems) {
        var library = new AuditLibrary(variables, analyzer, problems);
        var drafts = new ArrayList<Draft>();
        new TreeMap<>(texts).forEach((shown, text) -> {
            var file = ModelFile.read(Script.ofFile(shown, text), problems);
            file.audits().forEach(library::add);
            drafts.addAll(file.models());
        });
        var models = new ArrayList<Model>();
        for (Draft draft : drafts) {
            int before = problems.count();
            var query = Template.of(draft.script(), draft.query(), MacroScope.ofModel(variables), analyzer, problems);
            var header = draft.header();
            if (header != null) {
                var audits = library.audits(header.audits());
                judgeAudits(header, audits, problems);
                boolean fits = query.isPresent() && fits(header, query.get(), problems);
                if (fits && problems.count() == before) {
                    models.add(
                            new Model(header, query.get(), audits, ColumnComments.of(draft.script(), draft.query())));
                }
            }
        }
        models.sort(Comparator.comparing(Model::name));
        return List.copyOf(models);
    }

    /** Only an incremental model has a window, and a view is never executed. */
    private static boolean fits(ModelHeader header, Template query, Problems problems) {
        var missing = missing(header, query);
        missing.ifPresent(moment -> problems.add(query.script()
                .problem(ErrorCode.UNSUPPORTED, moment.start(), without(header, moment))
                .hinting("use kind INCREMENTAL_BY_TIME_RANGE")));
        return missing.isEmpty();
    }

    private static void judgeAudits(ModelHeader header, List<Audit> audits, Problems problems) {
        for (Audit audit : audits) {
            missing(header, audit.template())
                    .ifPresent(moment -> problems.add(new Problem(
                            ErrorCode.UNSUPPORTED,
                            audit.mark(),
                            "the audit " + audit.name() + ": " + without(header, moment))));
        }
    }

    private static Optional<MacroScan.Moment> missing(ModelHeader header, Template query) {
        return query.moments().stream()
                .filter(moment -> switch (header.kind()) {
                    case ModelKind.Incremental _ -> false;
                    case ModelKind.Full _ -> moment.macro().moment() != TimeMacro.Moment.EXECUTION;
                    case ModelKind.View _ -> true;
                })
                .findFirst();
    }

    private static String without(ModelHeader header, MacroScan.Moment moment) {
        return "a model of kind " + header.kind().text() + " has no @"
                + moment.macro().name();
    }

    private static List<Path> files(Path project, String folder, Problems problems) {
        Path root = project.resolve(folder);
        if (!Files.exists(root)) {
            return List.of();
        }
        try (var walk = Files.walk(root)) {
            return walk.filter(file -> Files.isRegularFile(file) || UnreadablePath.leadsNowhere(file))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException unreadable) {
            problems.add(UnreadablePath.problem(root, Path.of(folder), unreadable));
            return List.of();
        }
    }

    private static Optional<String> text(Path file, Path shown, Problems problems) {
        try {
            var decoder = StandardCharsets.UTF_8.newDecoder();
            return Optional.of(
                    decoder.decode(ByteBuffer.wrap(Files.readAllBytes(file))).toString());
        } catch (CharacterCodingException notText) {
            problems.add(new Problem(ErrorCode.UNREADABLE_FILE, Mark.whole(shown), "the file is not in UTF-8"));
        } catch (IOException unreadable) {
            problems.add(UnreadablePath.problem(file, shown, unreadable));
        }
        return Optional.empty();
    }
}
