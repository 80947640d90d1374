package io.leat.cli;

import io.leat.Leat;
import io.leat.cli.output.Form;
import io.leat.cli.output.Output;
import io.leat.cli.output.Terminal;
import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import io.leat.project.Place;
import io.leat.project.Project;
import io.leat.state.StateKeeper;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a command knows of the run it is part of: options, streams, environment variables, the project's folder. */
final class Session {
    private static final String PROJECT_FILE = "leat.yaml";

    private final GlobalOptions options;
    private final PrintStream data;
    private final PrintStream messages;
    private final Map<String, String> environment;
    private final Path folder;
    private final List<String> arguments;
    private @Nullable Terminal terminal;
    private volatile @Nullable Integer stopped;

    Session(
            GlobalOptions options,
            PrintStream data,
            PrintStream messages,
            Map<String, String> environment,
            Path folder,
            List<String> arguments) {
        this.options = options;
        this.data = data;
        this.messages = messages;
        this.environment = environment;
        this.folder = folder;
        this.arguments = List.copyOf(arguments);
    }

    GlobalOptions options() {
        return options;
    }

    Output output() {
        return new Output(data, messages, options.form, terminal(), options.quiet);
    }

    Terminal terminal() {
        Terminal known = terminal;
        if (known == null) {
            known = Terminal.detect(environment);
            terminal = known;
        }
        return known;
    }

    PrintStream data() {
        return data;
    }

    PrintStream messages() {
        return messages;
    }

    Map<String, String> environment() {
        return environment;
    }

    /** A path that the user typed, seen from the folder in which the program was started. */
    Path resolve(Path typed) {
        return folder.resolve(typed).normalize();
    }

    /**
     * The folder of the project.
     *
     * @throws PipelineException E110 if there is none
     */
    Path projectFolder() {
        return findProject()
                .orElseThrow(() -> new PipelineException(ErrorCode.NO_PROJECT, whyNone())
                        .withHint("make one with `leat init`, or name one with `--project DIR`"));
    }

    private String whyNone() {
        Path named = options.project;
        if (named == null) {
            return "neither " + folder + " nor a folder above it holds " + PROJECT_FILE;
        }
        Path place = resolve(named);
        if (!Files.exists(place)) {
            return "there is no folder " + place;
        }
        return place + (Files.isDirectory(place) ? " holds no " + PROJECT_FILE : " is a file, not a folder");
    }

    Optional<Path> findProject() {
        Path named = options.project;
        if (named != null) {
            return Optional.of(resolve(named)).filter(Session::isProject);
        }
        for (Path each = folder; each != null; each = each.getParent()) {
            if (isProject(each)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    private static boolean isProject(Path candidate) {
        return Files.isRegularFile(candidate.resolve(PROJECT_FILE));
    }

    /** The project, read and validated, without its state and lake. */
    Project project() {
        return Leat.validate(place());
    }

    /** Whoever looks after the project's state store, to be closed. */
    StateKeeper stateKeeper(Project project) {
        return Leat.stateKeeper(project);
    }

    /** The engine for the project, to be closed. */
    Leat leat() {
        return Leat.open(place());
    }

    /** The same, for a lake that may belong to another state store: it belongs to this project's from then on. */
    Leat adoptingLeat() {
        return Leat.adopt(place());
    }

    /** Where the project is and how it is opened. */
    Place place() {
        String named = options.environment;
        String name = named != null ? named : environment.getOrDefault("LEAT_ENV", Place.OWN);
        return new Place(projectFolder(), name, environment, options.settings);
    }

    /** What the user typed after the program's name. */
    List<String> arguments() {
        return arguments;
    }

    /** The process was asked to stop: whatever the command makes of that, the program ends with this exit code. */
    void stopped(int exitCode) {
        stopped = exitCode;
    }

    /** The exit code of the program after a command that ended with the given one. */
    int exitCode(int ofCommand) {
        Integer bySignal = stopped;
        return bySignal == null ? ofCommand : bySignal;
    }

    /** Tells the user of a failure and returns the exit code that goes with it. */
    int report(Throwable failure) {
        return reporter(options.form).failure(failure);
    }

    FailureReport reporter(Form form) {
        Path logs = findProject()
                .map(project -> project.resolve(".leat").resolve("logs"))
                .orElseGet(() -> Path.of(environment.getOrDefault("TMPDIR", "/tmp")));
        return new FailureReport(messages, form, terminal(), options.debug, logs);
    }
}
