package io.leat.bench;

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
import java.util.Objects;
import org.tukaani.xz.XZInputStream;

/** A PostgreSQL server with the settings that it has by itself, in a folder; it ends with this process, and its folder goes. Root starts it as nobody. */
record Postgres(Path folder, int port) {
    static final String USER = "leat";

    private static final int NOBODY = 65_534;

    /** Unpacks and starts one in an empty folder. */
    static Postgres start(Path folder) throws IOException, InterruptedException, SQLException {
        var server = new Postgres(folder, freePort());
        if (isRoot()) {
            Files.setAttribute(folder, "unix:uid", NOBODY);
        }
        Process tar = server.command("tar", "-x", "-C", folder.toString()).start();
        try (InputStream packed = Objects.requireNonNull(
                        Postgres.class.getResourceAsStream("/postgres-linux-x86_64.txz"),
                        "no server for this machine");
                var input = tar.getOutputStream()) {
            new XZInputStream(packed).transferTo(input);
        }
        tar.waitFor();
        String data = folder.resolve("data").toString();
        var cluster = server.command(
                "bin/initdb", "-D", data, "-U", USER, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8");
        if (cluster.redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() != 0) {
            throw new IOException("initdb failed in " + folder);
        }
        Process running = server.command(
                        "bin/postgres",
                        "-D",
                        data,
                        "-p",
                        "" + server.port,
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "max_wal_size=8GB")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> server.end(running)));
        server.awaitAnswer(running);
        return server;
    }

    private void awaitAnswer(Process running) throws InterruptedException, SQLException {
        while (true) {
            try (Connection connection = connect()) {
                connection.isValid(1);
                return;
            } catch (SQLException notYet) {
                if (!running.isAlive()) {
                    throw notYet;
                }
                Thread.sleep(20);
            }
        }
    }

    private void end(Process running) {
        running.destroy();
        running.onExit().join();
        try {
            Place.remove(folder);
        } catch (IOException leftBehind) {
            throw new UncheckedIOException(leftBehind);
        }
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url());
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=" + USER + "&sslmode=disable&gssEncMode=disable";
    }

    void run(String sql) throws SQLException {
        try (Connection connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The only row of a query, as text. */
    String row(String sql) throws SQLException {
        try (Connection connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            List<String> values = new ArrayList<>();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                values.add(rows.getString(i));
            }
            return String.join(" ", values);
        }
    }

    private ProcessBuilder command(String... words) {
        List<String> line = new ArrayList<>();
        if (isRoot()) {
            line.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        }
        line.addAll(List.of(words));
        int program = line.size() - words.length;
        if (line.get(program).startsWith("bin/")) {
            line.set(program, folder.resolve(line.get(program)).toString());
        }
        return new ProcessBuilder(line).directory(folder.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
