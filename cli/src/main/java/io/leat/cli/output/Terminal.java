package io.leat.cli.output;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What is known of the screen.
 *
 * @param width cells in a line of standard output, 0 if it is no terminal: then nothing is ever cut
 * @param colour whether standard output may carry colour
 * @param messageColour whether standard error may carry colour
 * @param progress whether standard error is a screen on which a line can be drawn again
 */
public record Terminal(int width, boolean colour, boolean messageColour, boolean progress) {
    private static final String RESET = "\u001b[0m";

    /** No terminal at all: a pipe, a file, a test. */
    public static Terminal none() {
        return new Terminal(0, false, false, false);
    }

    /** Looks at the process's own streams; {@code NO_COLOR} and {@code TERM=dumb} switch colour off. */
    public static Terminal detect(Map<String, String> environment) {
        boolean screen = isScreen(1);
        boolean messages = isScreen(2);
        boolean dumb = "dumb".equals(environment.get("TERM"));
        boolean colour = environment.getOrDefault("NO_COLOR", "").isEmpty() && !dumb;
        return new Terminal(screen ? width(environment) : 0, screen && colour, messages && colour, messages && !dumb);
    }

    String bold(String text) {
        return colour && !text.isEmpty() ? "\u001b[1m" + text + RESET : text;
    }

    String status(String word) {
        if (!colour || word.isEmpty()) {
            return word;
        }
        String code = switch (word.toUpperCase(Locale.ROOT)) {
            case "COMPLETED", "PASS", "OK" -> "32";
            case "FAILED", "FAIL", "ERROR" -> "31";
            case "IN_PROGRESS", "WARN", "QUARANTINED" -> "33";
            case "SKIPPED", "SUPERSEDED", "CANCELLED", "PENDING" -> "2";
            default -> "";
        };
        return code.isEmpty() ? word : "\u001b[" + code + "m" + word + RESET;
    }

    /** The text in the colour of errors, if standard error takes colour. */
    public String error(String text) {
        return messageColour ? "\u001b[1;31m" + text + RESET : text;
    }

    /** The text in a weaker colour, if standard error takes colour. */
    public String dim(String text) {
        return messageColour ? "\u001b[2m" + text + RESET : text;
    }

    // one checker wants the console asked for null, the other says that it never is
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isScreen(int descriptor) {
        try {
            String device = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException noProcFileSystem) {
            Console console = System.console();
            return console != null && console.isTerminal();
        }
    }

    private static int width(Map<String, String> environment) {
        String columns = environment.getOrDefault("COLUMNS", "");
        if (columns.matches("[1-9][0-9]{0,3}")) {
            return Integer.parseInt(columns);
        }
        try {
            var stty = new ProcessBuilder("stty", "size")
                    .redirectInput(Path.of("/dev/tty").toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            boolean answered = stty.waitFor(1, TimeUnit.SECONDS) && size.matches("\\d+ [1-9]\\d*\\s*");
            return answered ? Integer.parseInt(size.strip().split(" ", -1)[1]) : 100;
        } catch (IOException noSuchProgram) {
            return 100;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return 100;
        }
    }
}
