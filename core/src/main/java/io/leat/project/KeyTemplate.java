package io.leat.project;

import io.leat.name.PipelineName;
import io.leat.time.Window;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text with places that the window fills: {@code {label:yyyy-MM-dd}} by its label, {@code {start:…}} and {@code {end:…}} by its
 * bounds on the zone's wall clock, {@code {start}} and {@code {end}} by the instants, {@code {pipeline}} by the name. Patterns are
 * those of {@link DateTimeFormatter}.
 */
public final class KeyTemplate {

    private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)(?::([^{}]*))?}");
    private static final RecordKey.Subject EXAMPLE = new RecordKey.Subject(
            new PipelineName("example"),
            new Window(Instant.parse("2024-01-31T00:00:00Z"), Instant.parse("2024-02-01T00:00:00Z")),
            LocalDateTime.of(2024, 1, 31, 0, 0),
            ZoneId.of("UTC"));

    /** A text, or a place that is filled. */
    private record Part(
            String text, @Nullable String place, @Nullable DateTimeFormatter form) {}

    private final String text;
    private final List<Part> parts;

    private KeyTemplate(String text, List<Part> parts) {
        this.text = text;
        this.parts = List.copyOf(parts);
    }

    /** @throws IllegalArgumentException with a sentence for the user if the text has a place that cannot be filled */
    public static KeyTemplate parse(String text) {
        List<Part> parts = new ArrayList<>();
        Matcher places = PLACE.matcher(text);
        int from = 0;
        while (places.find()) {
            parts.add(new Part(plain(text.substring(from, places.start())), null, null));
            parts.add(part(places.group(1), places.group(2)));
            from = places.end();
        }
        parts.add(new Part(plain(text.substring(from)), null, null));
        var template = new KeyTemplate(text, parts);
        try {
            template.value(EXAMPLE);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a pattern in '" + text + "' asks for what a date and time has not", e);
        }
        return template;
    }

    private static String plain(String text) {
        if (text.contains("{") || text.contains("}")) {
            throw unknown(text);
        }
        return text;
    }

    private static Part part(String place, @Nullable String pattern) {
        boolean known = switch (place) {
            case "label" -> pattern != null;
            case "start", "end" -> true;
            case "pipeline" -> pattern == null;
            default -> false;
        };
        if (!known) {
            throw unknown("{" + place + (pattern == null ? "" : ":" + pattern) + "}");
        }
        try {
            return new Part("", place, pattern == null ? null : DateTimeFormatter.ofPattern(pattern, Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + pattern + "' is no pattern of dates and times: " + e.getMessage(), e);
        }
    }

    private static IllegalArgumentException unknown(String found) {
        return new IllegalArgumentException(
                "expected {label:PATTERN}, {start}, {start:PATTERN}, {end}, {end:PATTERN} or {pipeline}, but found '"
                        + found + "'");
    }

    /** The text with its places filled. */
    public String value(RecordKey.Subject subject) {
        var filled = new StringBuilder();
        for (Part part : parts) {
            filled.append(part.text());
            if (part.place() != null) {
                filled.append(filled(part, part.place(), subject));
            }
        }
        return filled.toString();
    }

    private static String filled(Part part, String place, RecordKey.Subject subject) {
        return switch (place) {
            case "label" -> format(part, subject.label());
            case "start" -> bound(part, subject.window().start(), subject.zone());
            case "end" -> bound(part, subject.window().end(), subject.zone());
            default -> subject.pipeline().value();
        };
    }

    private static String bound(Part part, Instant instant, ZoneId zone) {
        return part.form() == null ? instant.toString() : format(part, instant.atZone(zone));
    }

    private static String format(Part part, TemporalAccessor time) {
        DateTimeFormatter form = part.form();
        return form == null ? time.toString() : form.format(time);
    }

    @Override
    public String toString() {
        return text;
    }
}
