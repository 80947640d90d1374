package io.leat.model;

import io.leat.config.Problem;
import io.leat.config.Problems;
import io.leat.name.TableName;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came of reading texts as the files of a project. */
record Reading(List<Model> models, Problems problems) {

    static final Analyzer ANALYZER = Analyzer.open(Path.of(System.getProperty("java.io.tmpdir")));

    static Reading of(Map<String, String> files, Variables variables) {
        var problems = new Problems();
        var texts = new LinkedHashMap<Path, String>();
        files.forEach((name, text) -> texts.put(Path.of(name), text));
        return new Reading(Models.read(texts, variables, ANALYZER, problems), problems);
    }

    static Reading of(String text) {
        return of(Map.of("models/m.sql", text), Variables.NONE);
    }

    /** A model of kind FULL with this query. */
    static Reading query(String sql) {
        return of("MODEL (name gold.m, kind FULL);\n" + sql);
    }

    static Model model(String text) {
        return of(text).only();
    }

    Model only() {
        problems.throwIfAny();
        if (models.size() != 1) {
            throw new AssertionError("one model expected, found " + models);
        }
        return models.getFirst();
    }

    /** Each as {@code E106 models/m.sql:1:2 message}. */
    List<String> found() {
        return problems.sorted().stream().map(Reading::line).toList();
    }

    static String line(Problem problem) {
        return problem.code() + " " + problem.mark() + " " + problem.message();
    }

    static TableName table(String name) {
        return TableName.parse(name);
    }
}
