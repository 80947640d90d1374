package io.leat.cli.docs;

import io.leat.cli.Program;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The program {@code leat} for the shells of a test: a script that hands its arguments, folder and environment over to this JVM,
 * so that a command costs no start of its own. What it prints, and how it ends, comes back as from a process.
 */
final class SharedProgram implements AutoCloseable {
    private final ServerSocket door;
    private final Path script;

    private SharedProgram(ServerSocket door, Path script) {
        this.door = door;
        this.script = script;
    }

    /**
     * @param folder for the script
     */
    static SharedProgram in(Path folder) throws IOException {
        var door = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        Path script = Files.writeString(
                folder.resolve("leat"), """
                #!/usr/bin/env bash
                call=$(mktemp -d)
                printf '%%s\\0' "$PWD" "$@" >"$call/arguments"
                env -0 >"$call/environment"
                for argument; do [ "$argument" != - ] || cat >"$call/input"; done
                [ ! /dev/stdout -ef /dev/stderr ] || : >"$call/together"
                exec 3<>/dev/tcp/%s/%d
                echo "$call" >&3
                read -r code <&3
                cat "$call/data"
                [ ! -f "$call/messages" ] || cat "$call/messages" >&2
                rm -r "$call"
                exit "$code"
                """.formatted(door.getInetAddress().getHostAddress(), door.getLocalPort()));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        var program = new SharedProgram(door, script);
        Thread.ofVirtual().name("leat-door").start(program::serve);
        return program;
    }

    Path script() {
        return script;
    }

    private void serve() {
        while (!door.isClosed()) {
            try {
                Socket caller = door.accept();
                Thread.ofPlatform().daemon().start(() -> answer(caller));
            } catch (SocketException closed) {
                return;
            } catch (IOException refused) {
                throw new java.io.UncheckedIOException(refused);
            }
        }
    }

    private static void answer(Socket caller) {
        try (caller;
                var asked = new BufferedReader(new InputStreamReader(caller.getInputStream(), StandardCharsets.UTF_8));
                var answer = new PrintStream(caller.getOutputStream(), true, StandardCharsets.UTF_8)) {
            answer.println(run(Path.of(asked.readLine())));
        } catch (IOException gone) {
            throw new java.io.UncheckedIOException(gone);
        }
    }

    /** Buffered as {@code Main} does it, so that data and messages mix in the same order. */
    private static int run(Path call) throws IOException {
        List<String> given = list(call.resolve("arguments"));
        if (Files.exists(call.resolve("input"))) {
            System.setIn(new ByteArrayInputStream(Files.readAllBytes(call.resolve("input"))));
        }
        try (var out = Files.newOutputStream(call.resolve("data"));
                var err = Files.exists(call.resolve("together"))
                        ? out
                        : Files.newOutputStream(call.resolve("messages"))) {
            var data = new PrintStream(new BufferedOutputStream(out, 1 << 14), false, StandardCharsets.UTF_8);
            var messages = new PrintStream(new BufferedOutputStream(err, 1 << 14), true, StandardCharsets.UTF_8);
            var arguments = given.subList(1, given.size()).toArray(String[]::new);
            return new Program(data, messages, environment(call), Path.of(given.getFirst())).run(arguments);
        }
    }

    private static Map<String, String> environment(Path call) throws IOException {
        return list(call.resolve("environment")).stream()
                .map(variable -> variable.split("=", 2))
                .collect(Collectors.toMap(variable -> variable[0], variable -> variable[1]));
    }

    private static List<String> list(Path file) throws IOException {
        String text = Files.readString(file);
        return Arrays.asList(text.substring(0, Math.max(0, text.length() - 1)).split("\0", -1));
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
