package io.leat.cli.demo;

import io.leat.cli.output.JsonText;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One trip as an event: fields in the order in which they are written. */
final class Trip {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private final Map<String, @Nullable Object> fields;

    private Trip(Map<String, @Nullable Object> fields) {
        this.fields = fields;
    }

    static Trip random(String id, LocalDateTime startedAt, Random random) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        int seconds = 120 + random.nextInt(3000);
        fields.put("trip_id", id);
        fields.put("started_at", TIME.format(startedAt));
        fields.put(
                "from_station",
                Station.ALL.get(random.nextInt(Station.ALL.size())).id());
        fields.put(
                "to_station",
                random.nextInt(90) == 0
                        ? null
                        : Station.ALL.get(random.nextInt(Station.ALL.size())).id());
        fields.put("seconds", seconds);
        fields.put("metres", seconds * (30 + random.nextInt(25)) / 10);
        fields.put("fare", BigDecimal.valueOf(100 + seconds / 6, 2));
        fields.put("member", random.nextInt(3) > 0);
        return new Trip(fields);
    }

    Trip with(String field, @Nullable Object value) {
        var changed = new LinkedHashMap<>(fields);
        changed.put(field, value);
        return new Trip(changed);
    }

    Trip without(String field) {
        var changed = new LinkedHashMap<>(fields);
        changed.remove(field);
        return new Trip(changed);
    }

    String json() {
        return JsonText.of(fields);
    }
}
