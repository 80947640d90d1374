package io.leat.run;

import static io.leat.run.TestProject.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.leat.state.Phase;
import io.leat.state.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records are taken through one phase at a time. */
class OnlyPhaseTest {

    @TempDir
    Path folder;

    @Test
    void eachPhaseAloneLeadsToWhatAllTogetherDo() {
        var together = SmallProject.in(folder.resolve("together"));
        together.run();
        var project = SmallProject.in(folder.resolve("project"));
        var countries = RunRequest.EVERYTHING;

        project.run(countries.onlyPhase(Phase.SOURCE_TO_STAGE));
        assertThat(project.record("countries").phaseCompleted()).isEqualTo(Phase.SOURCE_TO_STAGE);
        assertThat(project.record("countries").status()).isEqualTo(Status.PENDING);
        assertThat(project.version("reference.countries")).as("nobody sees it").isEqualTo("none");

        RunReport published = project.run(countries.onlyPhase(Phase.STAGE_TO_TARGET));
        assertThat(node(published, "countries").loaded()).isZero();
        assertThat(project.query("SELECT count(*) FROM reference.countries")).containsExactly("2");
        assertThat(project.record("countries").phaseCompleted()).isEqualTo(Phase.STAGE_TO_TARGET);

        RunReport audited = project.run(countries.onlyPhase(Phase.AUDIT));
        assertThat(node(audited, "countries").loaded()).isEqualTo(1);
        assertThat(project.record("countries").status()).isEqualTo(Status.COMPLETED);
        assertThat(project.run(countries.onlyPhase(Phase.AUDIT)).nodes())
                .allSatisfy(report -> assertThat(report.idle()).isNotEmpty());

        project.run();
        assertThat(Evidence.of(project).tables())
                .isEqualTo(Evidence.of(together).tables());
        assertThat(Evidence.of(project).rejects())
                .isEqualTo(Evidence.of(together).rejects());
    }
}
