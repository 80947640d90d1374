package io.leat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
    @TempDir
    Path folder;

    @Test
    void examinesTheMachineAlsoWithoutAProject() {
        CommandRun run = CommandRun.in(folder, "doctor");
        assertThat(run.exitCode()).as(run.data()).isZero();
        assertThat(run.data())
                .contains("java", "names of files", "query engine", "time zones")
                .doesNotContain("FAIL");
    }

    @Test
    void findsAProjectWell() {
        SampleProject project = SampleProject.in(folder);
        assertThat(project.json("doctor"))
                .filteredOn(finding -> finding.path("subject").asString().equals("project"))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.path("verdict").asString()).isEqualTo("OK"));
    }

    @Test
    void saysWhatIsWrongWithAProjectOnceAndHowToGoOn() {
        SampleProject project = SampleProject.in(folder).file("pipelines/sales.yaml", "pipeline: sales\n");

        CommandRun run = project.run("doctor");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.data()).contains("FAIL", "E001: ", "`leat validate`, `leat explain E001`");
        assertThat(run.data().lines().filter(line -> line.contains("FAIL"))).hasSize(1);
    }

    @Test
    void aSingleProblemIsNamedWithItsPlace() {
        SampleProject project = SampleProject.in(folder).file("models/gold/names.sql", "SELECT 1 AS x\n");
        assertThat(project.run("doctor").data())
                .contains("E112: models/gold/names.sql:1:1: the MODEL block is missing", "`leat explain E112`");
    }

    @Test
    void warnsOfALocaleInWhichNotEveryNameCanBeWritten() {
        assertThat(Machine.names("UTF-8").verdict()).isEqualTo(Finding.Verdict.OK);
        assertThat(Machine.names("ANSI_X3.4-1968")).satisfies(finding -> {
            assertThat(finding.verdict()).isEqualTo(Finding.Verdict.WARN);
            assertThat(finding.advice()).isEqualTo("set LC_ALL=C.UTF-8");
        });
    }

    @Test
    void asksOfAFolderThatIsNotThereYetWhetherItCouldBeMade() {
        assertThat(Machine.space("storage", folder.resolve("not/there/yet")).finding())
                .contains(folder.toString())
                .contains("free");
    }
}
