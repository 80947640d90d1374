package io.leat.state;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A process that can hold records.
 *
 * @param host its machine's name
 * @param boot what changes when the machine is started anew, and differs between containers on it; empty where the system
 *     does not say
 * @param started distinguishes processes that had the same number one after the other: clock ticks since boot on Linux,
 *     which no change of the wall clock moves, else the instant of its start
 */
public record Owner(String host, String boot, long pid, String started) {

    private static final String SEPARATOR = " ";

    public Owner {
        for (String part : List.of(host, boot, started)) {
            if (part.contains(SEPARATOR)) {
                throw new IllegalArgumentException("no part of an owner holds a space: '" + part + "'");
            }
        }
    }

    /** This process. */
    public static Owner current() {
        long pid = ProcessHandle.current().pid();
        return new Owner(hostName(), bootId(), pid, ProcessTable.started(pid).orElse(""));
    }

    /**
     * Whether this was a process of the machine we are on and exists no more. False when in doubt, and always for processes
     * of other machines or from before a restart: names of machines are not unique, so those wait for their leases to end.
     */
    public boolean isDeadHere() {
        return isDeadOn(hostName(), bootId());
    }

    boolean isDeadOn(String thisHost, String thisBoot) {
        if (!host.equals(thisHost) || !boot.equals(thisBoot)) {
            return false;
        }
        var now = ProcessTable.started(pid);
        return now.isEmpty() || differs(now.get());
    }

    private boolean differs(String startedNow) {
        return !started.isEmpty() && !startedNow.isEmpty() && !startedNow.equals(started);
    }

    /** One line that {@link #parse} reads. */
    public String text() {
        return String.join(SEPARATOR, host, boot, Long.toString(pid), started);
    }

    public static Owner parse(String text) {
        String[] parts = text.split(SEPARATOR, -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("expected host, boot, process and start, but found '" + text + "'");
        }
        return new Owner(parts[0], parts[1], Long.parseLong(parts[2]), parts[3]);
    }

    /** Process and host, for people. */
    @Override
    public String toString() {
        return "process " + pid + " on " + host;
    }

    /** From the kernel where it says so: a resolver without network can take seconds. */
    private static String hostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname"))
                    .strip()
                    .replace(' ', '_');
        } catch (IOException _) {
            return resolvedHostName();
        }
    }

    private static String resolvedHostName() {
        try {
            return InetAddress.getLocalHost().getHostName().replace(' ', '_');
        } catch (UnknownHostException _) {
            return "localhost";
        }
    }

    private static String bootId() {
        try {
            String boot =
                    Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
            return boot + "/" + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
        } catch (IOException | UnsupportedOperationException _) {
            return "";
        }
    }
}
