package io.leat.cli.docs;

/** Part of a file of a project, made whole so that it can be validated. */
final class Fragment {
    private Fragment() {}

    static String pipeline(String part) {
        return with(part, "pipeline", "example")
                + with(part, "source", "{ files: data/example.csv }")
                + with(part, "target", "{ table: bronze.example }")
                + part;
    }

    static String settings(String part) {
        return with(part, "project", "example") + part;
    }

    private static String with(String part, String key, String value) {
        boolean there = part.lines().anyMatch(line -> line.startsWith(key + ":"));
        return there ? "" : key + ": " + value + "\n";
    }
}
