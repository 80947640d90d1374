import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Plants bugs, one after the other, in a copy of what is committed and changed here, compiles it, and runs the tests that are named
 * beside them. Exits with 1 if a bug survives, does not apply exactly once, or does not compile; and if the tests fail without any.
 */
class PlantedBugs {
    private static final Pattern BUG = Pattern.compile(
            "(?m)^bug: (?<name>.+)\\Rfile: (?<file>.+)\\Rtest: (?<test>.+)\\R<<<<\\R(?<search>(?s:.*?)\\R)====\\R(?<replacement>(?s:.*?))>>>>$");
    private static final int PATIENCE_MINUTES = 20;

    private record Bug(String name, String file, String test, String search, String replacement) {}

    private final Path root = Path.of("").toAbsolutePath();
    private final Path copy;

    private PlantedBugs(Path copy) {
        this.copy = copy;
    }

    public static void main(String[] wanted) throws Exception {
        List<Bug> bugs = bugs(Files.readString(Path.of("dev/planted-bugs.txt"))).stream()
                .filter(bug -> wanted.length == 0 || Arrays.stream(wanted).anyMatch(bug.name::contains))
                .toList();
        var planted = new PlantedBugs(Files.createTempDirectory("planted-bugs-"));
        try {
            System.exit(planted.plantAll(bugs) ? 0 : 1);
        } finally {
            planted.forget();
        }
    }

    private static List<Bug> bugs(String text) {
        List<Bug> bugs = new ArrayList<>();
        Matcher matcher = BUG.matcher(text);
        while (matcher.find()) {
            bugs.add(new Bug(
                    matcher.group("name"),
                    matcher.group("file"),
                    matcher.group("test"),
                    matcher.group("search"),
                    matcher.group("replacement")));
        }
        long named = text.lines().filter(line -> line.startsWith("bug: ")).count();
        if (bugs.size() != named) {
            throw new IllegalArgumentException(named + " bugs are named, " + bugs.size() + " can be read");
        }
        return bugs;
    }

    private boolean plantAll(List<Bug> bugs) throws IOException, InterruptedException {
        run(root, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard");
        copyCheckout();
        if (run(copy, "mvn", "-q", "-o", "-Dfast", "-pl", "core", "test-compile") != 0) {
            System.out.println("the copy does not compile as it is; see " + log());
            return false;
        }
        int killed = 0;
        for (Bug bug : bugs) {
            long begin = System.nanoTime();
            String fate = plant(bug);
            System.out.printf(
                    "%-12s %s (%s, %d s)%n", fate, bug.name, bug.test, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin));
            killed += fate.equals("killed") ? 1 : 0;
        }
        System.out.printf("%d of %d planted bugs were noticed%n", killed, bugs.size());
        return killed == bugs.size();
    }

    private String plant(Bug bug) throws IOException, InterruptedException {
        Path file = copy.resolve(bug.file);
        if (!Files.exists(file)) {
            return "no file";
        }
        String sound = Files.readString(file);
        int at = sound.indexOf(bug.search);
        if (at < 0 || sound.indexOf(bug.search, at + 1) >= 0) {
            return "not applied";
        }
        try {
            Files.writeString(file, sound.replace(bug.search, bug.replacement));
            if (run(copy, "mvn", "-q", "-o", "-Dfast", "-pl", "core", "test-compile") != 0) {
                return "not compiled";
            }
            List<String> command = new ArrayList<>(List.of("mvn", "-q", "-o", "-Dfast", "-pl", "core", "test"));
            for (String word : bug.test.split(" ")) {
                command.add(word.startsWith("-") ? word : "-Dtest=" + word);
            }
            boolean failed = run(copy, command.toArray(String[]::new)) != 0;
            if (failed && !Files.readString(log()).contains("Tests run:")) {
                return "not run";
            }
            return failed ? "killed" : "SURVIVED";
        } finally {
            Files.writeString(file, sound);
        }
    }

    private Path log() {
        return copy.resolve("planted.log");
    }

    private void copyCheckout() throws IOException, InterruptedException {
        for (String name : Files.readString(root.resolve("target/planted-files")).split("\0")) {
            Path from = root.resolve(name);
            if (Files.isRegularFile(from)) {
                Path to = copy.resolve(name);
                Files.createDirectories(to.getParent());
                Files.copy(from, to);
            }
        }
    }

    private int run(Path folder, String... command) throws IOException, InterruptedException {
        boolean lists = command[0].equals("git");
        Path output = lists ? root.resolve("target/planted-files") : log();
        Files.createDirectories(output.getParent());
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return process.waitFor();
    }

    private void forget() throws IOException {
        try (Stream<Path> files = Files.walk(copy)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
