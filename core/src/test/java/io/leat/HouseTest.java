package io.leat;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the house that no compiler holds. */
class HouseTest {
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> MODULES = List.of("core", "cli", "bench");
    private static final Pattern EMPTY_NAME = Pattern.compile(
            "\\b(?:class|record|interface|enum) +(\\w*(?:Manager|Helper|Utils?|Info|Data|Handler|Impl))\\b[^;]*\\{");

    /** A package may use packages of a lower floor, and none beside it. */
    private static final Map<String, Integer> FLOORS = Map.ofEntries(
            Map.entry("name", 0),
            Map.entry("time", 1),
            Map.entry("config", 2),
            Map.entry("schema", 3),
            Map.entry("connection", 3),
            Map.entry("state", 4),
            Map.entry("storage", 5),
            Map.entry("lake", 6),
            Map.entry("source", 7),
            Map.entry("target", 7),
            Map.entry("step", 7),
            Map.entry("check", 7),
            Map.entry("model", 7),
            Map.entry("project", 8),
            Map.entry("run", 9),
            Map.entry("plan", 10),
            Map.entry("", 11));

    private final JavaClasses core = new ClassFileImporter().importPath(Path.of("target/classes"));

    @Test
    void packagesUseOnlyThoseBelowThem() {
        assertThat(core).isNotEmpty();
        classes().should(useOnlyLowerFloors()).check(core);
    }

    @Test
    void coreWritesToNoStandardStream() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(core);
    }

    @Test
    void coreDoesNotUseTheLoggingOfTheJdk() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging..")
                .check(core);
    }

    @Test
    void namesOfTypesSayWhatTheyAre() throws IOException {
        var found = new ArrayList<String>();
        for (Path file : sources("main", "test")) {
            var matcher = EMPTY_NAME.matcher(Files.readString(file));
            while (matcher.find()) found.add(REPOSITORY.relativize(file) + ": " + matcher.group(1));
        }
        assertThat(found).isEmpty();
    }

    @Test
    void noFileIsLongerThan500Lines() throws IOException {
        var found = new ArrayList<String>();
        for (Path file : sources("main", "test")) {
            int lines = Files.readAllLines(file).size();
            if (lines > 500) found.add(REPOSITORY.relativize(file) + ": " + lines);
        }
        assertThat(found).isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIsAndExcludesNull() throws IOException {
        var found = new ArrayList<String>();
        for (Path folder :
                sources("main").stream().map(Path::getParent).distinct().toList()) {
            Path description = folder.resolve("package-info.java");
            if (!Files.exists(description)) {
                found.add(REPOSITORY.relativize(folder) + ": no package-info.java");
                continue;
            }
            String text = Files.readString(description);
            if (!text.contains("@NullMarked") || !text.contains("/**")) {
                found.add(REPOSITORY.relativize(description) + ": no description or no @NullMarked");
            }
        }
        assertThat(found).isEmpty();
    }

    private static List<Path> sources(String... kinds) throws IOException {
        var found = new ArrayList<Path>();
        for (String module : MODULES) {
            for (String kind : kinds) {
                Path folder =
                        REPOSITORY.resolve(module).resolve("src").resolve(kind).resolve("java");
                if (!Files.isDirectory(folder)) continue;
                try (Stream<Path> files = Files.walk(folder)) {
                    files.filter(file -> file.toString().endsWith(".java")).forEach(found::add);
                }
            }
        }
        assertThat(found).isNotEmpty();
        return found;
    }

    private static ArchCondition<JavaClass> useOnlyLowerFloors() {
        return new ArchCondition<>("use only packages of lower floors") {
            @Override
            public void check(JavaClass user, ConditionEvents events) {
                Integer floor = FLOORS.get(room(user));
                if (floor == null) {
                    events.add(SimpleConditionEvent.violated(
                            user, user.getName() + " is in a package that has no floor in HouseTest"));
                    return;
                }
                for (var dependency : user.getDirectDependenciesFromSelf()) {
                    JavaClass used = dependency.getTargetClass().getBaseComponentType();
                    if (!used.getPackageName().matches("io\\.leat(\\..*)?")
                            || room(used).equals(room(user))) continue;
                    if (FLOORS.getOrDefault(room(used), Integer.MAX_VALUE) >= floor) {
                        events.add(SimpleConditionEvent.violated(user, dependency.getDescription()));
                    }
                }
            }
        };
    }

    /** The first part of the package's name after {@code io.leat}: the facade's is empty. */
    private static String room(JavaClass type) {
        String[] parts = type.getPackageName().split("\\.");
        return parts.length > 2 ? parts[2] : "";
    }
}
