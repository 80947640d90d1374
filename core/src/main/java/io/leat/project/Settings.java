package io.leat.project;

import io.leat.config.ByteSize;
import io.leat.config.Key;
import io.leat.config.Node;
import io.leat.config.ObjectShape;
import io.leat.config.Problems;
import io.leat.config.Shape;
import io.leat.connection.ConnectionSpec;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * {@code leat.yaml}, with all layers merged.
 *
 * @param name the project's name
 * @param storage the folder of the lake, relative to the project or absolute
 * @param state where the state store is; a file is relative to the project or absolute
 * @param environments the names that {@code --env} takes; empty: any
 * @param connections servers by the names that the project gives them
 * @param variables values that models may refer to
 */
public record Settings(
        String name,
        String storage,
        StatePlace state,
        List<String> environments,
        Defaults defaults,
        Map<String, ConnectionSpec> connections,
        Map<String, String> variables) {

    /** Values that pipelines and sessions take when they say nothing themselves. */
    public record Defaults(ZoneId timezone, ByteSize memory, int threads, Retries retries) {

        private static final Key<ZoneId> TIMEZONE =
                Key.optional("timezone", Shape.zone(), "The zone of windows that name none.", "UTC");
        private static final Key<ByteSize> MEMORY =
                Key.optional("memory", Shape.bytes(), "What the query engine of one process may use.", "1GB");
        private static final Key<Integer> THREADS = Key.optional(
                "threads", Shape.count(0, 1024), "Threads of the query engine; 0: as many as the machine has.", "0");

        private static final Key<Retries> RETRIES =
                Key.optional("retries", Retries.SHAPE, "What happens when something fails that may work later.", "{}");

        static final ObjectShape<Defaults> SHAPE = Shape.object(
                "defaults",
                "What holds where nothing else is said.",
                fields -> new Defaults(
                        fields.value(TIMEZONE), fields.value(MEMORY), fields.value(THREADS), fields.value(RETRIES)),
                TIMEZONE,
                MEMORY,
                THREADS,
                RETRIES);
    }

    /** An environment of the project. It has no settings of its own here: those stand in {@code config/<name>.yaml}. */
    record Environment() {

        static final ObjectShape<Environment> SHAPE =
                Shape.object("environment", "A place of its own for tables.", fields -> new Environment());
    }

    private static final Key<String> PROJECT = Key.required("project", Shape.text(), "The project's name.");
    private static final Key<String> STORAGE =
            Key.optional("storage", Shape.text(), "The folder that holds the lake.", ".leat");
    private static final Key<StatePlace.Written> STATE = Key.optional(
            "state",
            StatePlace.Written.SHAPE,
            "The file that holds the state, or the connection to its database.",
            ".leat/state.db");
    private static final Key<Map<String, ConnectionSpec>> CONNECTIONS = Key.optional(
            "connections", Shape.map(ConnectionSpec.SHAPE), "Servers, by the names that the project gives them.", "{}");
    private static final Key<Map<String, Environment>> ENVIRONMENTS = Key.optional(
            "environments", Shape.map(Environment.SHAPE), "The names that --env takes; absent: any name.", "{}");
    private static final Key<Defaults> DEFAULTS =
            Key.optional("defaults", Defaults.SHAPE, "What holds where nothing else is said.", "{}");
    private static final Key<Map<String, String>> VARIABLES = Key.optional(
            "variables",
            Shape.map(Shape.scalar().as(scalar -> scalar.text())),
            "Values that models may refer to as @name.",
            "{}");

    public static final ObjectShape<Settings> SHAPE = Shape.object(
            "leat.yaml",
            "The settings of a project.",
            fields -> new Settings(
                    fields.value(PROJECT),
                    fields.value(STORAGE),
                    fields.value(STATE).in(fields.value(CONNECTIONS), fields),
                    List.copyOf(fields.value(ENVIRONMENTS).keySet()),
                    fields.value(DEFAULTS),
                    fields.value(CONNECTIONS),
                    fields.value(VARIABLES)),
            PROJECT,
            STORAGE,
            STATE,
            ENVIRONMENTS,
            DEFAULTS,
            CONNECTIONS,
            VARIABLES);

    /** What can be read of settings that have problems, with which pipelines and models can be judged all the same. */
    static Settings readable(Node.Mapping written) {
        Node.Mapping sound = new Node.Mapping(written.mark(), List.of())
                .with(new Node.Entry(
                        new Node.Scalar(written.mark(), PROJECT.name(), Node.Form.QUOTED),
                        new Node.Scalar(written.mark(), "unnamed", Node.Form.QUOTED)));
        for (Key<?> key : List.of(DEFAULTS, VARIABLES)) {
            Node.Mapping more = written.entry(key.name()).map(sound::with).orElse(sound);
            sound = SHAPE.read(more, new Problems()).isPresent() ? more : sound;
        }
        return SHAPE.read(sound, new Problems()).orElseThrow();
    }
}
