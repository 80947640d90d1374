package io.leat.source;

import io.leat.schema.LeatType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A way in which dates and times are written, other than ISO 8601's.
 *
 * @param format in the letters of strptime
 * @param pattern what such a text looks like, in the signs that Java and RE2 share
 */
record TimeFormat(LeatType type, String format, Pattern pattern) {

    private static final List<String> DATES = List.of(
            "%Y-%m-%d",
            "%Y/%m/%d",
            "%Y.%m.%d",
            "%Y%m%d",
            "%d.%m.%Y",
            "%m.%d.%Y",
            "%d/%m/%Y",
            "%m/%d/%Y",
            "%d-%m-%Y",
            "%m-%d-%Y",
            "%d.%m.%y",
            "%m.%d.%y",
            "%d/%m/%y",
            "%m/%d/%y",
            "%d-%m-%y",
            "%m-%d-%y",
            "%d %b %Y",
            "%d-%b-%Y",
            "%d-%b-%y",
            "%d/%b/%Y",
            "%b %d %Y",
            "%b %d, %Y",
            "%d %B %Y",
            "%B %d %Y",
            "%B %d, %Y",
            "%a, %d %b %Y");
    private static final List<String> BETWEEN = List.of(" ", "T", ":", ", ");
    private static final List<String> TIMES =
            List.of("%H:%M", "%H:%M:%S", "%H:%M:%S.%f", "%I:%M %p", "%I:%M:%S %p", "%H.%M", "%H%M%S");
    private static final List<String> ZONES = List.of("", "%z", " %z");
    private static final List<TimeFormat> ALL = all();

    /** Those in which every one of the texts could be written. */
    static List<TimeFormat> matching(Set<String> texts) {
        return ALL.stream()
                .filter(format -> texts.stream()
                        .allMatch(text -> format.pattern().matcher(text).matches()))
                .toList();
    }

    /** The same text read the other way round: day and month swapped. */
    boolean isSwapOf(TimeFormat other) {
        return !format.equals(other.format)
                && letters(format).equals(letters(other.format))
                && monthFirst() != other.monthFirst();
    }

    private boolean monthFirst() {
        return format.indexOf("%m") < format.indexOf("%d");
    }

    private static String letters(String format) {
        return format.replace("%m", "%d");
    }

    private static List<TimeFormat> all() {
        Set<TimeFormat> formats = new LinkedHashSet<>();
        for (String date : DATES) {
            if (!date.equals("%Y-%m-%d")) {
                formats.add(of(LeatType.DATE, date));
            }
            for (String between : BETWEEN) {
                for (String time : TIMES) {
                    for (String zone : ZONES) {
                        formats.add(of(
                                zone.isEmpty() ? LeatType.LOCAL_TIMESTAMP : LeatType.TIMESTAMP,
                                date + between + time + zone));
                    }
                }
            }
        }
        formats.add(of(LeatType.LOCAL_TIMESTAMP, "%Y%m%d%H%M%S"));
        formats.add(of(LeatType.LOCAL_TIMESTAMP, "%Y%m%d%H%M"));
        return List.copyOf(formats);
    }

    private static TimeFormat of(LeatType type, String format) {
        String pattern = format.replace(".", "[.]")
                .replace("%Y", "[12][0-9]{3}")
                .replace("%y", "[0-9]{2}")
                .replace("%m", format.contains("%Y%m") ? "[0-9]{2}" : "[0-9]{1,2}")
                .replace("%d", format.contains("%m%d") ? "[0-9]{2}" : "[0-9]{1,2}")
                .replace("%H", format.contains("%H%M") ? "[0-9]{2}" : "[0-9]{1,2}")
                .replace("%I", "[0-9]{1,2}")
                .replace("%M", "[0-9]{2}")
                .replace("%S", "[0-9]{2}")
                .replace("%f", "[0-9]{1,6}")
                .replace("%p", "[AaPp][Mm]")
                .replace("%b", "[A-Za-z]{3}")
                .replace("%B", "[A-Za-z]{3,9}")
                .replace("%a", "[A-Za-z]{3}")
                .replace("%z", "[+-][0-9]{2}:?[0-9]{2}");
        return new TimeFormat(type, format, Pattern.compile(pattern));
    }
}
