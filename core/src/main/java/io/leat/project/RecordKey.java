package io.leat.project;

import io.leat.name.PipelineName;
import io.leat.time.Window;
import java.time.LocalDateTime;
import java.time.ZoneId;

/**
 * Computes a key of a record from its window, where a template is not enough. Implementations lie in jars in the project's folder
 * {@code lib}, and are found by {@link java.util.ServiceLoader}; they have a constructor without arguments, are used by several
 * threads, and give the same value for the same window each time.
 */
public interface RecordKey {

    /** What stands after {@code use:} in a pipeline's file: lower-case letters, digits and underscores. */
    String name();

    /** The value; empty if there is none, and then a record whose key is required fails. */
    String value(Subject subject);

    /**
     * What a key is computed from.
     *
     * @param label the smallest local boundary of the window
     */
    record Subject(PipelineName pipeline, Window window, LocalDateTime label, ZoneId zone) {}
}
