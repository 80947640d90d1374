package io.leat.project;

import io.leat.name.PipelineName;
import io.leat.name.TableName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A pipeline or a model, as a thing that fills a table and may read others.
 *
 * @param name what users type: {@code flights}, {@code gold.sales}
 * @param target what it fills, by the name that records and the ledger use: a table of the lake, or {@code connection:schema.name}
 * @param table the table of the lake that it fills; empty if it fills one elsewhere, which nothing of the project reads
 * @param reads the tables of the project that it reads
 * @param path the file that describes it, relative to the project, with slashes
 */
public record Node(
        PipelineName name,
        String target,
        Optional<TableName> table,
        Set<TableName> reads,
        List<String> tags,
        String path,
        Kind kind) {

    /** What a node is. */
    public enum Kind {
        PIPELINE,
        MODEL
    }

    /** Whether it reads what the other fills. */
    public boolean reads(Node other) {
        return other.table.filter(reads::contains).isPresent();
    }
}
