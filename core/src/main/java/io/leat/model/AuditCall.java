package io.leat.model;

import io.leat.config.Mark;
import java.util.Map;

/** An audit as a model's header asks for it, arguments by name in lower case. */
record AuditCall(String name, Map<String, HeaderValue> arguments, String label, Mark mark) {}
