package io.leat.model;

import io.leat.config.Mark;
import io.leat.name.TableName;

/** A table that a query reads, and where it says so. */
public record TableReference(TableName table, Mark mark) {}
