package io.leat.project;

import io.leat.config.Key;
import io.leat.config.ObjectShape;
import io.leat.config.Shape;
import io.leat.schema.AuditLevel;

/** How what was read is compared with what readers see. */
record AuditSpec(AuditLevel level) {

    private static final Key<AuditLevel> LEVEL = Key.optional(
            "level",
            Shape.oneOf(AuditLevel.class),
            "What is compared: rows with the sums of their columns, or also the content of every row (content).",
            "sums");

    static final ObjectShape<AuditSpec> SHAPE = Shape.object(
            "audit",
            "How closely what was read and what readers see are compared.",
            fields -> new AuditSpec(fields.value(LEVEL)),
            LEVEL);
}
