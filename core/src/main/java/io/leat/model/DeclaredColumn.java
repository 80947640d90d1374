package io.leat.model;

import io.leat.config.Mark;

/** A column that the header declares; its type in DuckDB's words. */
record DeclaredColumn(String name, String type, Mark mark) {}
