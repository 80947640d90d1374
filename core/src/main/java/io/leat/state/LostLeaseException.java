package io.leat.state;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import java.util.Map;

/** The record is no longer the writer's: another worker has taken it over, or a person has cancelled it. Stop. */
public final class LostLeaseException extends PipelineException {
    private static final long serialVersionUID = 1;

    public LostLeaseException(Record record) {
        super(
                ErrorCode.LEASE_LOST,
                record.name() + " is no longer held by this run (token " + record.token() + ")",
                Map.of("slice", record.slice().text()),
                null);
    }
}
