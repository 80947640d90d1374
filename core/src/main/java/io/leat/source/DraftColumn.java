package io.leat.source;

import io.leat.schema.LeatType;
import java.util.Optional;

/**
 * A column as a draft proposes it. Type and format hold for every row that was read.
 *
 * @param name what it is called in the table
 * @param source what it is called in the file
 * @param format of dates and times that are not written as ISO 8601 has them
 * @param required no row lacks a value
 * @param remark what a person should know or decide
 */
public record DraftColumn(
        String name, String source, LeatType type, Optional<String> format, boolean required, Optional<String> remark) {

    /** A point in time or a day. */
    boolean isTime() {
        return type == LeatType.TIMESTAMP || type == LeatType.LOCAL_TIMESTAMP || type == LeatType.DATE;
    }
}
