package io.leat.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Looks at the processes of this machine. */
final class ProcessTable {

    private static final Path PROC = Path.of("/proc");
    /** Fields after the command in /proc/PID/stat, counted from 0: the state, and the start in ticks since boot. */
    private static final int STATE = 0;

    private static final int START = 19;

    private ProcessTable() {}

    /**
     * What distinguishes this process from others of the same number; empty if it does not run (a zombie does not), an empty
     * text if it runs and will not say.
     */
    static Optional<String> started(long pid) {
        if (Files.isReadable(PROC.resolve("self/stat"))) {
            return startTicks(pid);
        }
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(process ->
                        process.info().startInstant().map(Object::toString).orElse(""));
    }

    private static Optional<String> startTicks(long pid) {
        try {
            String stat =
                    Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"), StandardCharsets.ISO_8859_1);
            // the command stands in parentheses and may hold spaces and parentheses itself
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            char state = fields[STATE].charAt(0);
            return state == 'Z' || state == 'X' ? Optional.empty() : Optional.of(fields[START].strip());
        } catch (AccessDeniedException _) {
            return Optional.of("");
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
