package io.leat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code leat} in a copy of a checkout, with a JDK and a Maven that only say how they were called. */
class ScriptTest {
    @TempDir
    Path temp;

    private Path checkout;
    private Path tools;
    private final Map<String, String> environment = new TreeMap<>();

    @BeforeEach
    void copiesTheScript() throws IOException {
        checkout = Files.createDirectories(temp.resolve("a folder: with 'marks'"));
        for (String folder : List.of("core/src/main", "cli/src/main")) {
            Files.createDirectories(checkout.resolve(folder));
        }
        for (String pom : List.of("pom.xml", "core/pom.xml", "cli/pom.xml")) {
            Files.writeString(checkout.resolve(pom), "");
        }
        Path script = Path.of("").toAbsolutePath().resolveSibling("leat");
        program(checkout.resolve("leat"), Files.readString(script));
        tools = Files.createDirectories(temp.resolve("tools"));
        program(tools.resolve("mvn"), """
                #!/usr/bin/env bash
                echo "$JAVA_HOME" >>%s
                mkdir -p cli/target/leat/lib && sleep 0.2 && echo program >cli/target/leat/lib/leat-cli.jar
                """.formatted(built()));
        environment.put("PATH", tools + ":/usr/bin:/bin");
        environment.put("JAVA_HOME", jdk("twenty five", "25.0.3").toString());
    }

    @Test
    void buildsOnceAndStartsTheProgramInTheFolderOfTheCaller() throws Exception {
        assertThat(start("status", "a b").messages()).contains("building Leat");
        Started second = start("status", "a b");
        assertThat(second.messages()).isEmpty();
        assertThat(second.data())
                .endsWith("-jar " + checkout.toRealPath() + "/cli/target/leat/lib/leat-cli.jar status a b in " + temp);
        assertThat(builds()).hasSize(1);
    }

    @Test
    void buildsAgainAfterAChange() throws Exception {
        start();
        Path source = Files.writeString(checkout.resolve("core/src/main/New.java"), "");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        start();
        assertThat(builds()).hasSize(2);
    }

    @Test
    void twoFirstStartsAtOnceBuildOnce() throws Exception {
        Process one = process("one").start();
        Process two = process("two").start();
        assertThat(new String(one.getInputStream().readAllBytes(), UTF_8)).contains(" one in ");
        assertThat(new String(two.getInputStream().readAllBytes(), UTF_8)).contains(" two in ");
        assertThat(builds()).hasSize(1);
    }

    @Test
    void findsTheJdkOnThePathWhenJavaHomeIsTooOld() throws Exception {
        Path fitting = jdk("fitting", "26");
        Files.createSymbolicLink(tools.resolve("java"), fitting.resolve("bin/java"));
        environment.put("JAVA_HOME", jdk("old", "17.0.15").toString());
        assertThat(start().data()).startsWith("26 ");
        assertThat(builds()).containsExactly(fitting.toString());
    }

    @Test
    void aBuildThatFailsIsShownAndTriedAgain() throws Exception {
        program(tools.resolve("mvn"), "#!/usr/bin/env bash\necho the cause; echo x >>%s; exit 1\n".formatted(built()));
        Started failed = start();
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.messages()).contains("the cause", "leat: the build failed");
        start();
        assertThat(builds()).hasSize(2);
    }

    @Test
    void saysThatMavenIsMissing() throws Exception {
        Files.delete(tools.resolve("mvn"));
        Path few = Files.createDirectories(temp.resolve("few"));
        for (String name : List.of("bash", "mkdir", "sed", "find", "dirname", "readlink")) {
            program(few.resolve(name), "#!/bin/sh\nexec /usr/bin/" + name + " \"$@\"\n");
        }
        environment.put("PATH", few.toString());
        Started failed = start();
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.messages()).contains("leat: Maven is missing");
    }

    @Test
    void startsThroughSymbolicLinks() throws Exception {
        Files.createSymbolicLink(tools.resolve("absolute"), checkout.resolve("leat"));
        Files.createSymbolicLink(temp.resolve("leat"), Path.of("tools/absolute"));
        assertThat(ended(new ProcessBuilder("./leat", "status")).data()).contains("leat-cli.jar status");
    }

    @Test
    void aReleaseIsNeverBuilt() throws Exception {
        Files.createDirectories(checkout.resolve("lib"));
        assertThat(start().messages()).contains("the program is not complete");
        Files.writeString(checkout.resolve("lib/leat-cli.jar"), "program");
        assertThat(start().data()).contains(checkout.toRealPath() + "/lib/leat-cli.jar");
        assertThat(built()).doesNotExist();
    }

    @Test
    void theCacheIsMadeAnewForEachBuild() throws Exception {
        assertThat(start().data()).contains("-XX:AOTCache=");
        Path library = checkout.resolve("cli/target/leat/lib");
        Path cache = library.resolve("leat-25.0.3_9.aot");
        assertThat(cache).hasContent("classes");
        Files.writeString(cache, "of the build before");
        assertThat(start().messages()).isEmpty();
        assertThat(cache).hasContent("of the build before");
        Files.setLastModifiedTime(
                library.resolve("leat-cli.jar"), FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(start().messages()).contains("preparing Leat");
        assertThat(cache).hasContent("classes");
        assertThat(library).isDirectoryNotContaining("glob:**/.*");
        environment.put("LEAT_NO_CACHE", "1");
        assertThat(start().data()).doesNotContain("AOT");
    }

    @Test
    void givesTheProgramALocaleInWhichEveryNameOfAFileCanBeWritten() throws Exception {
        program(Path.of(environment.get("JAVA_HOME")).resolve("bin/java"), """
                #!/usr/bin/env bash
                echo "${LC_ALL:-none}"
                """);
        start();
        assertThat(start().data()).as("nothing is set, as under cron").isEqualTo("C.UTF-8");
        environment.put("LANG", "C");
        assertThat(start().data()).isEqualTo("C.UTF-8");
        environment.put("LC_ALL", "POSIX");
        assertThat(start().data()).isEqualTo("C.UTF-8");
        environment.put("LC_ALL", "de_DE.UTF-8");
        assertThat(start().data()).isEqualTo("de_DE.UTF-8");
        environment.remove("LC_ALL");
        environment.put("LANG", "nl_NL.UTF-8");
        assertThat(start().data()).as("left as it is").isEqualTo("none");
    }

    private Path jdk(String name, String version) throws IOException {
        Path jdk = temp.resolve(name);
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), """
                JAVA_RUNTIME_VERSION="%s/9"
                JAVA_VERSION="%s"
                """.formatted(version, version));
        program(jdk.resolve("bin/javac"), "");
        program(jdk.resolve("bin/java"), """
                #!/usr/bin/env bash
                for argument; do
                  case $argument in -XX:AOTCacheOutput=*) echo classes >"${argument#*=}"; exit ;; esac
                done
                echo "%s $* in $PWD"
                """.formatted(version));
        return jdk;
    }

    private static void program(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path built() {
        return temp.resolve("built");
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(built());
    }

    private Started start(String... arguments) throws IOException, InterruptedException {
        return ended(process(arguments));
    }

    private ProcessBuilder process(String... arguments) {
        var command = new ArrayList<>(List.of(checkout.resolve("leat").toString()));
        command.addAll(List.of(arguments));
        return prepared(new ProcessBuilder(command));
    }

    private ProcessBuilder prepared(ProcessBuilder builder) {
        builder.directory(temp.toFile());
        builder.redirectError(temp.resolve("messages").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }

    private Started ended(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = prepared(builder).start();
        String data = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        return new Started(process.waitFor(), data, Files.readString(temp.resolve("messages")));
    }

    private record Started(int exitCode, String data, String messages) {}
}
