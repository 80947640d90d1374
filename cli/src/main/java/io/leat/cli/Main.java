package io.leat.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The program {@code leat}. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        var data = stream(FileDescriptor.out, false);
        var messages = stream(FileDescriptor.err, true);
        int code = new Program(data, messages, System.getenv(), Path.of("")).run(args);
        data.flush();
        messages.flush();
        System.exit(code);
    }

    private static PrintStream stream(FileDescriptor descriptor, boolean lineByLine) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor), 1 << 14),
                lineByLine,
                StandardCharsets.UTF_8);
    }
}
