package io.leat.cli.broken;

import static org.assertj.core.api.Assertions.assertThat;

import io.leat.Leat;
import io.leat.name.EnvironmentName;
import io.leat.project.Node;
import io.leat.project.Place;
import io.leat.state.Record;
import io.leat.state.RecordQuery;
import io.leat.state.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What must survive a command that failed: the lake's files, which never change once they are written, which of them are the
 * tables, the ledger, and the records.
 */
record Evidence(Map<String, String> files, List<String> pointers, List<String> ledger, List<String> records) {

    /** What a project, which works, sees of the state and the lake that it shares with the broken one. */
    static Evidence of(Path lake, Place healthy) {
        List<String> pointers = new ArrayList<>();
        List<String> ledger = new ArrayList<>();
        List<String> records = new ArrayList<>();
        try (Leat leat = Leat.open(healthy)) {
            EnvironmentName environment = leat.project().environment();
            leat.state().tables(environment).forEach(table -> pointers.add(table.toString()));
            for (Node node : leat.project().dag().nodes()) {
                leat.state().loads(environment, node.name()).forEach(load -> ledger.add(load.toString()));
                var all = RecordQuery.of(environment).pipeline(node.name()).page(1_000, 0);
                for (Record record : leat.state().records(all)) {
                    leat.state().generations(environment, node.name(), record.slice()).stream()
                            .filter(each -> each.status() != Status.FAILED)
                            .forEach(each -> records.add(each.toString()));
                }
            }
        }
        return new Evidence(files(lake), pointers, ledger, records);
    }

    /** The files alone, where the state cannot be read. */
    static Evidence ofFiles(Path lake) {
        return new Evidence(files(lake), List.of(), List.of(), List.of());
    }

    /** Nothing is gone or changed. Files that no table knows may lie there: staged rows of a load that failed. */
    void requireIn(Evidence after, String context) {
        assertThat(after.files).as("%s: the lake's files", context).containsAllEntriesOf(files);
        assertThat(after.pointers).as("%s: the tables", context).isEqualTo(pointers);
        assertThat(after.ledger).as("%s: the ledger", context).isEqualTo(ledger);
        assertThat(after.records).as("%s: the records", context).isEqualTo(records);
    }

    private static Map<String, String> files(Path lake) {
        Map<String, String> files = new TreeMap<>();
        if (!Files.isDirectory(lake)) {
            return files;
        }
        try (Stream<Path> all = Files.walk(lake)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = lake.relativize(file).toString();
                if (!name.startsWith("tmp/") && !name.startsWith("logs/") && !name.contains("state.db-")) {
                    files.put(name, name.startsWith("state.db") ? "" : hash(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static String hash(Path file) throws IOException {
        try {
            var digest = java.security.MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
