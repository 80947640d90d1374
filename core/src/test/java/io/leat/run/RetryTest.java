package io.leat.run;

import static io.leat.run.TestProject.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.leat.name.ErrorCode;
import io.leat.name.FaultPoint;
import io.leat.state.Record;
import io.leat.state.RecordEvent;
import io.leat.state.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of slices that fail. */
class RetryTest {

    private static final String SALES = """
            pipeline: sales
            source: { files: data/sales.csv }
            columns:
              id: { type: integer, required: true }
            checks:
              - { name: enough, rows: { min: 2 } }
            retries: { attempts: 3, first: 1ms, limit: 5ms }
            target: { table: bronze.sales }
            """;

    @TempDir
    Path folder;

    private TestProject project;

    @BeforeEach
    void project() {
        project = TestProject.in(folder).file("pipelines/sales.yaml", SALES).file("data/sales.csv", "id\n1\n2\n");
    }

    @AfterEach
    void disarm() {
        System.clearProperty(FaultPoint.PROPERTY);
        FaultPoint.reset();
    }

    private List<RecordEvent> events() {
        return project.ask(leat -> leat.state().events(project.record("sales").id()));
    }

    @Test
    void whatWasStagedIsStagedAnewWhereItsSourceIsAnotherOneByNow() {
        System.setProperty(FaultPoint.PROPERTY, "publish.before_commit:1+:error");
        assertThat(node(project.run(), "sales").failed()).isEqualTo(1);
        disarm();
        assertThat(project.record("sales").staging()).isNotNull();
        project.file("data/sales.csv", "id\n3\n4\n5\n");

        assertThat(node(project.run(), "sales").loaded()).isEqualTo(1);

        assertThat(project.query("SELECT id FROM bronze.sales ORDER BY id")).containsExactly("3", "4", "5");
        assertThat(project.record("sales").generation()).isEqualTo(1);
    }

    @Test
    void whatWasStagedIsStagedAnewWhereItsFilesAreGone() throws IOException {
        System.setProperty(FaultPoint.PROPERTY, "publish.before_commit:1+:error");
        project.run();
        disarm();
        var staging = project.record("sales").staging();
        assertThat(staging).isNotNull();
        for (var file : Manifest.parse(staging.manifest()).files()) {
            Files.delete(Path.of(file.path()));
        }

        RunReport report = project.ask(leat -> {
            leat.interventions().retry(List.of("sales"));
            return leat.run(RunRequest.EVERYTHING, RunListener.SILENT);
        });

        assertThat(node(report, "sales").loaded()).isEqualTo(1);
        assertThat(project.query("SELECT id FROM bronze.sales ORDER BY id")).containsExactly("1", "2");
    }

    @Test
    void whatMayPassIsTriedAgainInTheSameRun() {
        System.setProperty(FaultPoint.PROPERTY, "lake.files_written:1:transient");
        List<SliceOutcome.Result> results = new ArrayList<>();

        RunReport report = project.ask(leat -> leat.run(RunRequest.EVERYTHING, event -> {
            if (event instanceof RunEvent.SliceEnded(var node, var outcome)) {
                results.add(outcome.result());
            }
        }));

        assertThat(report.exitCode()).isZero();
        assertThat(results).containsExactly(SliceOutcome.Result.RETRYING, SliceOutcome.Result.LOADED);
        Record record = project.record("sales");
        assertThat(record.generation()).isEqualTo(1);
        assertThat(record.attempt()).isEqualTo(1);
        assertThat(events()).extracting(RecordEvent::kind).containsExactly(RecordEvent.Kind.RETRY);
        assertThat(node(report, "sales").failed()).isZero();
    }

    @Test
    void itIsTriedNoMoreOftenThanThePipelineSays() {
        System.setProperty(FaultPoint.PROPERTY, "lake.files_written:1+:transient");

        RunReport report = project.run();

        assertThat(report.exitCode()).isEqualTo(75);
        Record record = project.record("sales");
        assertThat(record.status()).isEqualTo(Status.FAILED);
        assertThat(record.errorCode()).isEqualTo(ErrorCode.NETWORK);
        assertThat(record.attempt()).isEqualTo(2);
        assertThat(events())
                .extracting(RecordEvent::kind)
                .containsExactly(RecordEvent.Kind.RETRY, RecordEvent.Kind.RETRY, RecordEvent.Kind.FAILED);
    }

    @Test
    void wrongDataAreTriedAgainOnlyByPeopleOrWhenSomethingChanges() {
        project.file("data/sales.csv", "id\n1\n");
        assertThat(project.run().exitCode()).isEqualTo(4);
        assertThat(project.record("sales").attempt()).isZero();

        RunReport planned = project.ask(
                leat -> leat.run(RunRequest.EVERYTHING.demanding(new Demand.ByCalendar(true)), RunListener.SILENT));
        assertThat(node(planned, "sales").idle()).contains("nothing has changed since");
        assertThat(project.run().exitCode()).as("a person runs it").isEqualTo(4);
        assertThat(project.record("sales").attempt()).isEqualTo(1);

        project.file("data/sales.csv", "id\n1\n2\n");
        RunReport changed = project.ask(
                leat -> leat.run(RunRequest.EVERYTHING.demanding(new Demand.ByCalendar(true)), RunListener.SILENT));
        assertThat(node(changed, "sales").loaded()).isEqualTo(1);
        assertThat(project.generations("sales")).hasSize(1);
    }

    private List<Record> retry(String name) {
        return project.ask(leat -> leat.interventions().retry(List.of(name)));
    }

    private List<Record> release(String name) {
        return project.ask(leat -> leat.interventions().release(List.of(name)));
    }

    @Test
    void whatWasCancelledStaysSoUntilAPersonTriesItAgain() {
        System.setProperty(FaultPoint.PROPERTY, "lake.files_written:1+:transient");
        project.run();
        disarm();
        retry("sales@all");
        assertThat(project.record("sales").status()).isEqualTo(Status.PENDING);
        project.ask(leat -> leat.interventions().cancel(List.of("sales"), "not wanted"));

        assertThat(node(project.run(), "sales").idle()).startsWith("cancelled");
        assertThat(retry("sales")).hasSize(1);
        assertThat(node(project.run(), "sales").loaded()).isEqualTo(1);
        assertThat(project.generations("sales")).hasSize(1);
    }

    @Test
    void whatHasEndedCannotBeTakenAwayFromAnybody() {
        assertThat(release("sales")).isEmpty();
        project.run();
        assertThat(release("sales@all")).isEmpty();
    }
}
