package io.leat.state;

import io.leat.name.EnvironmentName;
import io.leat.name.RunId;
import java.util.List;
import java.util.Optional;

/** Reads runs of the program and the audit log. */
public interface RunReader {

    Optional<Run> run(RunId id);

    /** Newest first. */
    List<Run> runs(EnvironmentName environment, int limit, int offset);

    /** Newest first. */
    List<AuditEntry> auditLog(EnvironmentName environment, int limit, int offset);
}
