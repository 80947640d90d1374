package io.leat.cli.broken;

import io.leat.cli.CommandRun;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A process in which permissions hold: one of root's would pass over them, so it runs without those privileges. It runs one
 * command of the program after the other.
 */
final class OrdinaryProcess implements AutoCloseable {
    private static final List<String> UNPRIVILEGED =
            List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--");

    private final Process process;
    private final DataOutputStream requests;
    private final DataInputStream answers;

    private OrdinaryProcess(Process process) {
        this.process = process;
        this.requests = new DataOutputStream(process.getOutputStream());
        this.answers = new DataInputStream(process.getInputStream());
    }

    /** Starts it; empty where root cannot give up its privileges. */
    static Optional<OrdinaryProcess> start(Path folder) throws IOException, InterruptedException {
        Path secret = Files.writeString(folder.resolve("secret"), "x");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        List<String> command = new ArrayList<>();
        if (Files.isReadable(secret)) {
            command.addAll(UNPRIVILEGED);
            if (succeeds(with(UNPRIVILEGED, "cat", secret.toString())) || !succeeds(with(UNPRIVILEGED, "true"))) {
                return Optional.empty();
            }
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                OrdinaryProcess.class.getName()));
        return Optional.of(new OrdinaryProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()));
    }

    private static List<String> with(List<String> command, String... more) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(more));
        return all;
    }

    private static boolean succeeds(List<String> command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchCommand) {
            return false;
        }
    }

    CommandRun run(Path folder, String... command) {
        try {
            requests.writeUTF(folder.toString());
            requests.writeInt(command.length);
            for (String word : command) {
                requests.writeUTF(word);
            }
            requests.flush();
            return new CommandRun(answers.readInt(), answers.readUTF(), answers.readUTF());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In the process. */
    public static void main(String[] none) throws IOException {
        var requests = new DataInputStream(System.in);
        var answers = new DataOutputStream(System.out);
        try {
            while (true) {
                Path folder = Path.of(requests.readUTF());
                var command = new String[requests.readInt()];
                for (int i = 0; i < command.length; i++) {
                    command[i] = requests.readUTF();
                }
                CommandRun run = CommandRun.in(folder, command);
                answers.writeInt(run.exitCode());
                answers.writeUTF(run.data());
                answers.writeUTF(run.messages());
                answers.flush();
            }
        } catch (EOFException closed) {
            return;
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        requests.close();
        process.waitFor();
    }
}
