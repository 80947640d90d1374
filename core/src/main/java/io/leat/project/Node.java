package io.leat.project;

import io.leat.name.PipelineName;
import io.leat.name.TableName;
import java.util.List;
import java.util.Set;

/**
 * A pipeline or a model, as a thing that fills a table and may read others.
 *
 * @param name what users type: {@code flights}, {@code gold.sales}
 * @param table the table that it fills
 * @param reads the tables of the project that it reads
 * @param path the file that describes it, relative to the project, with slashes
 */
public record Node(
        PipelineName name, TableName table, Set<TableName> reads, List<String> tags, String path, Kind kind) {

    /** What a node is. */
    public enum Kind {
        PIPELINE,
        MODEL
    }
}
