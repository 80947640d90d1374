package io.leat.state;

import io.leat.name.PipelineException;
import io.leat.name.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The three outcomes of a publication, the clean failure in its two forms. */
public sealed interface PublishResult {

    /**
     * Done: committed, and visible.
     *
     * @param records those of the loads, as they are now
     */
    record Published(List<Load> loads, List<Record> records) implements PublishResult {
        public Published {
            loads = List.copyOf(loads);
            records = List.copyOf(records);
        }
    }

    /** Failed: nothing was written, because these claims no longer hold. Leave them out and publish the rest. */
    record LostFences(List<Record> lost) implements PublishResult {
        public LostFences {
            lost = List.copyOf(lost);
        }
    }

    /**
     * Failed: nothing was written, because somebody else has moved this table. Plan anew on top of theirs.
     *
     * @param current its pointer now; null if it does not exist
     */
    record PointerMoved(TableName table, @Nullable String current) implements PublishResult {}

    /**
     * Unknown: the commit was sent and its answer is missing. Look the load ids up ({@link
     * LedgerReader#loadById}), or the pointers, and clean nothing up before.
     */
    record Unknown(PipelineException cause) implements PublishResult {}
}
