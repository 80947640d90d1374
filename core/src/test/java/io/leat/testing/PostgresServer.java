package io.leat.testing;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * A PostgreSQL server out of a Maven artifact, on a free port of the loopback. It refuses to run as root, so root starts it
 * as nobody. It ends with this process, however that ends, and leaves no file behind.
 *
 * <p>{@link #shared} is one server for all tests of a JVM; each takes a database of its own.
 */
public final class PostgresServer implements AutoCloseable {
    public static final String USER = "leat";
    public static final String PASSWORD = "watermill";

    private static final String BINARIES = "/postgres-linux-x86_64.txz";
    private static final int NOBODY = 65_534;
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

    private final Path folder;
    private final int port;
    private final List<String> settings;
    private @Nullable Process process;

    private PostgresServer(Path folder, int port, List<String> settings) {
        this.folder = folder;
        this.port = port;
        this.settings = settings;
    }

    /** The server of this JVM. A test that breaks its server {@link #start}s one of its own. */
    public static PostgresServer shared() {
        return Shared.SERVER;
    }

    private static final class Shared {
        // a test never pulls the plug of the machine: what a killed server has written the kernel keeps
        private static final PostgresServer SERVER = start("fsync=off", "max_connections=200");
    }

    /** @param settings lines of postgresql.conf, such as {@code fsync=off} */
    public static PostgresServer start(String... settings) {
        assumeThat(PostgresServer.class.getResource(BINARIES))
                .as("a PostgreSQL server for this kind of machine")
                .isNotNull();
        try {
            Path folder = Files.createTempDirectory("leat-postgres-");
            if (isRoot()) {
                Files.setAttribute(folder, "unix:uid", NOBODY);
            }
            unpack(folder);
            var server = new PostgresServer(folder, freePort(), List.of(settings));
            server.makeCluster();
            server.start();
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static void unpack(Path folder) throws IOException {
        Process tar = builder("tar", "-x", "-C", folder.toString()).start();
        try (InputStream packed = PostgresServer.class.getResourceAsStream(BINARIES);
                var input = tar.getOutputStream()) {
            new XZInputStream(packed).transferTo(input);
        }
        require(tar, "tar");
    }

    private void makeCluster() throws IOException {
        Path password = Files.writeString(folder.resolve("password"), PASSWORD);
        require(
                builder(
                                folder.resolve("bin/initdb").toString(),
                                "--pgdata=" + folder.resolve("data"),
                                "--username=" + USER,
                                "--pwfile=" + password,
                                "--auth=scram-sha-256",
                                "--encoding=UTF8",
                                "--locale=C.UTF-8",
                                "--no-sync",
                                "--no-instructions")
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start(),
                "initdb");
    }

    /** Starts the server again after {@link #stop} or {@link #kill}: same port, same data. */
    public void start() throws IOException {
        var server = new ArrayList<>(List.of(
                folder.resolve("bin/postgres").toString(),
                "-D",
                folder.resolve("data").toString(),
                "-p",
                "" + port,
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "log_min_messages=fatal"));
        settings.forEach(setting -> server.addAll(List.of("-c", setting)));
        // the shell outlives this process by as long as it takes to end the server, which hears of nothing else
        var command = new ArrayList<>(List.of(
                "sh",
                "-c",
                "folder=$1; shift; \"$@\" & while read -r signal; do kill -$signal $!; wait; exit 0; done;"
                        + " kill -QUIT $!; wait; rm -rf \"$folder\"",
                "postgres",
                folder.toString()));
        command.addAll(server);
        process = builder(command.toArray(String[]::new))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        awaitAnswer();
    }

    private void awaitAnswer() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            try (Connection connection = connect("postgres")) {
                assert connection.isValid(1);
                return;
            } catch (SQLException notYet) {
                if (System.nanoTime() - deadline > 0 || !process.isAlive()) {
                    throw new IllegalStateException("PostgreSQL does not start", notYet);
                }
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    /** Ends it as an operator does: sessions are cut, everything is written. */
    public void stop() {
        end("INT");
    }

    /** As {@code kill -9} of all its processes at once: it recovers when it starts again. */
    public void kill() {
        end("QUIT");
    }

    private void end(String signal) {
        Process running = process;
        process = null;
        if (running != null) {
            try (var orders = running.outputWriter()) {
                orders.write(signal + "\n");
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
            running.onExit().join();
        }
    }

    public int port() {
        return port;
    }

    /** Makes an empty database and gives its name. */
    public String newDatabase() {
        return copyOf("template0");
    }

    /** Makes a database with all that is in another one, to which nobody is connected, and gives its name. */
    public String copyOf(String database) {
        String name = "test" + DATABASES.incrementAndGet();
        run("postgres", "CREATE DATABASE " + name + " TEMPLATE " + database);
        return name;
    }

    public void run(String database, String sql) {
        try (Connection connection = connect(database);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** A connection of the superuser, which has nothing to do with those under test. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?sslmode=disable&gssEncMode=disable",
                USER,
                PASSWORD);
    }

    /** Ends the server and removes its files. */
    @Override
    public void close() throws IOException {
        if (process == null) {
            start(); // its shell removes the files
        }
        Process running = process;
        process = null;
        running.getOutputStream().close();
        running.onExit().join();
    }

    private static ProcessBuilder builder(String... command) {
        var whole = new ArrayList<String>();
        if (isRoot()) {
            whole.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        }
        whole.addAll(List.of(command));
        return new ProcessBuilder(whole).redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    private static void require(Process process, String what) {
        int code = process.onExit().join().exitValue();
        if (code != 0) {
            throw new IllegalStateException(what + " ended with " + code);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
