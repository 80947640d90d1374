package io.leat.cli.broken;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One way in which a project is broken, and how the program has to answer: with which exit code, with one error for each
 * thing that is wrong and no more, saying what a person needs to mend it, without a stack trace, and with all data as they were.
 */
final class Breakage {
    private static final Pattern TOLD = Pattern.compile("(?m)^error (E[0-9]{3})|^[^ ]+ failed \\((E[0-9]{3})\\)");

    private final String what;
    private Action breaking = project -> {};
    private boolean stateIsReadable = true;
    private List<String> command = List.of("run");
    private int exitCode = 3;
    private List<String> codes = List.of();
    private List<String> parts = List.of();

    private Breakage(String what) {
        this.what = what;
    }

    interface Action {
        void on(SoundProject project) throws IOException;
    }

    static Breakage breakage(String what) {
        return new Breakage(what);
    }

    Breakage by(Action action) {
        Action before = breaking;
        breaking = project -> {
            before.on(project);
            action.on(project);
        };
        return this;
    }

    /** A file is written, or replaced. */
    Breakage file(String path, String text) {
        return by(project -> project.file(path, text));
    }

    Breakage adding(String path, String line) {
        return by(project -> project.file(path, project.text(path) + line + "\n"));
    }

    Breakage replacing(String path, String text, String other) {
        return by(project -> {
            assertThat(project.text(path)).contains(text);
            project.file(path, project.text(path).replace(text, other));
        });
    }

    Breakage without(String path) {
        return by(project -> Files.delete(project.root().resolve(path)));
    }

    /** The state store cannot be opened afterwards, so that only the files can be compared. */
    Breakage withoutState() {
        stateIsReadable = false;
        return this;
    }

    Breakage running(String... words) {
        command = List.of(words);
        return this;
    }

    /** The exit code, and the codes of all errors in their order; none for arguments that the command line refuses. */
    Breakage fails(int exit, String... errors) {
        exitCode = exit;
        codes = List.of(errors);
        return this;
    }

    /** What the messages must contain, apart from the codes. */
    Breakage saying(String... texts) {
        parts = List.of(texts);
        return this;
    }

    void requireOn(SoundProject project) throws IOException {
        requireOn(project, words -> project.run(words));
    }

    interface Start {
        CommandRun of(String... command);
    }

    void requireOn(SoundProject project, Start start) throws IOException {
        project.restore();
        // state first: a store that is damaged by the breakage cannot be asked any more
        Evidence sound = project.evidence();
        breaking.on(project);
        Evidence before = stateIsReadable
                ? new Evidence(project.evidenceOfFiles().files(), sound.pointers(), sound.ledger(), sound.records())
                : project.evidenceOfFiles();
        CommandRun run = start.of(command.toArray(String[]::new));
        String told = run.messages() + run.data();
        assertThat(TOLD.matcher(told).results().map(found -> found.group(1) == null ? found.group(2) : found.group(1)))
                .as(told)
                .containsExactlyElementsOf(codes);
        assertThat(run.exitCode()).as(told).isEqualTo(exitCode);
        assertThat(parts).allSatisfy(part -> assertThat(told).contains(part));
        assertThat(told)
                .doesNotContain("\tat ", "Exception", "\"_leat_", "E901")
                .doesNotContainPattern("LINE [0-9]+:");
        before.requireIn(stateIsReadable ? project.evidence() : project.evidenceOfFiles(), what);
    }

    static Path damaged(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        return Files.write(file, Arrays.copyOf(bytes, Math.min(100, bytes.length / 2)));
    }

    @Override
    public String toString() {
        return what;
    }
}
