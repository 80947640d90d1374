package io.leat.cli.demo;

import static io.leat.cli.demo.Defect.duplicate;
import static io.leat.cli.demo.Defect.filtered;
import static io.leat.cli.demo.Defect.harmless;
import static io.leat.cli.demo.Defect.rejected;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Events of a bicycle hire around both changes of the clocks in one year, a file for each day, and the stations. */
final class TripFiles {
    private static final ZoneId ZONE = ZoneId.of("America/Los_Angeles");
    private static final int DAYS = 5;

    private final Path project;
    private final long seed;
    private final Manifest manifest;

    TripFiles(Path project, long seed, Manifest manifest) {
        this.project = project;
        this.seed = seed;
        this.manifest = manifest;
    }

    void write() {
        stations();
        season("trips_spring", LocalDate.of(2024, 3, 8), new Random(seed + 4));
        season("trips_autumn", LocalDate.of(2024, 11, 1), new Random(seed + 5));
    }

    private void stations() {
        var entries = Station.ALL.stream()
                .map(station -> Entry.of(
                        station.id() + "," + IndicatorFiles.quoted(station.name()) + "," + station.district() + ","
                                + station.docks(),
                        "all"))
                .toList();
        TextFile.utf8("data/reference/stations.csv", "station_id,name,district,docks")
                .write(project, "stations", entries, manifest);
    }

    private void season(String pipeline, LocalDate first, Random random) {
        List<Entry> late = List.of();
        for (int day = 0; day < DAYS; day++) {
            LocalDate date = first.plusDays(day);
            var onTime = new ArrayList<Entry>();
            var delayed = new ArrayList<Entry>();
            ordinary(date, random, onTime, delayed);
            boolean last = day == DAYS - 1;
            if (last) {
                onTime.addAll(delayed);
            }
            var odd = new ArrayList<>(late);
            odd.addAll(oddities(date, day, random));
            var entries = Mess.scatter(onTime, odd, random);
            entries.addAll(copies(entries, random));
            TextFile.utf8("data/trips/" + date + ".ndjson", "").write(project, pipeline, entries, manifest);
            late = delayed.stream()
                    .map(entry -> entry.as(harmless("arrives a day late")))
                    .toList();
        }
    }

    /** Trips of one day by the wall clock. Two o'clock does not exist, or one o'clock is twice, on the days of change. */
    private static void ordinary(LocalDate date, Random random, List<Entry> onTime, List<Entry> delayed) {
        int number = 0;
        for (int hour = 0; hour < 24; hour++) {
            int offsets = ZONE.getRules().getValidOffsets(date.atTime(hour, 30)).size();
            int busy = hour < 6 ? 4 : hour == 8 || hour == 17 ? 34 : 18;
            for (int i = 0; i < busy * offsets; i++) {
                number++;
                var at = date.atTime(hour, random.nextInt(60), random.nextInt(60));
                String id = String.format(Locale.ROOT, "T%s-%04d", date, number);
                String json = Trip.random(id, at, random).json();
                if (offsets == 2) {
                    onTime.add(Entry.outside(
                            json, rejected("AMBIGUOUS_TIME", "a time that occurs twice, when the clocks go back")));
                } else if (hour > 21 && random.nextInt(15) == 0) {
                    delayed.add(Entry.of(json, slice(at)));
                } else {
                    onTime.add(Entry.of(json, slice(at)));
                }
            }
        }
    }

    private static List<Entry> oddities(LocalDate date, int day, Random random) {
        var noon = date.atTime(12, 34, 56);
        String slice = slice(noon);
        var odd = new ArrayList<Entry>();
        Trip trip = Trip.random("X" + date + "-1", noon, random);
        odd.add(Entry.of(trip.with("seconds", 3).json(), slice, filtered("taken and put back at once")));
        odd.add(Entry.of(trip.with("from_station", "S999").json(), slice, rejected("LOOKUP", "unknown station")));
        switch (day) {
            case 0 -> {
                odd.add(Entry.of(trip.with("seconds", "long").json(), slice, rejected("TYPE", "seconds is text")));
                odd.add(Entry.of(trip.with("seconds", -60).json(), slice, rejected("RANGE", "time runs backwards")));
                odd.add(Entry.of(trip.with("metres", "NA").json(), slice, rejected("TYPE", "metres is NA")));
            }
            case 1 -> {
                odd.add(Entry.outside(trip.with("started_at", null).json(), rejected("NO_TIME", "time is null")));
                odd.add(Entry.outside(trip.without("started_at").json(), rejected("NO_TIME", "time is missing")));
                odd.add(Entry.outside(
                        trip.with("started_at", "yesterday noon").json(),
                        rejected("BAD_TIME", "a time that cannot be parsed")));
                odd.add(Entry.outside(
                        trip.with("started_at", date + " 25:10:00").json(),
                        rejected("BAD_TIME", "an hour that no day has")));
            }
            case 2 -> gaps(date, random, odd);
            case 3 -> {
                odd.add(Entry.outside(
                        trip.with("started_at", "1970-01-01 00:00:12").json(),
                        rejected("BEFORE_START", "a clock that was never set")));
                odd.add(Entry.outside(
                        trip.with("started_at", "2031-05-01 10:00:00").json(),
                        rejected("AFTER_END", "a clock that runs ahead")));
            }
            default -> {
                odd.add(Entry.of(trip.with("trip_id", null).json(), slice, rejected("REQUIRED", "no trip_id")));
                odd.add(Entry.of(trip.with("fare", "1.999").json(), slice, rejected("TYPE", "a fraction of a cent")));
            }
        }
        return odd;
    }

    private static void gaps(LocalDate date, Random random, List<Entry> odd) {
        if (!ZONE.getRules().getValidOffsets(date.atTime(2, 30)).isEmpty()) {
            return;
        }
        for (int i = 0; i < 6; i++) {
            var at = date.atTime(2, random.nextInt(60), random.nextInt(60));
            odd.add(Entry.outside(
                    Trip.random("G" + date + "-" + i, at, random).json(),
                    rejected("GAP_TIME", "a time that does not exist, when the clocks go forward")));
        }
    }

    /** Some trips of the file once more, at its end. */
    private static List<Entry> copies(List<Entry> entries, Random random) {
        return random.ints(0, entries.size())
                .mapToObj(entries::get)
                .filter(entry -> entry.defect() == null)
                .distinct()
                .limit(4)
                .map(entry -> entry.as(duplicate("the same trip again")))
                .toList();
    }

    /** Label of the two-hour window in which a local time lies. */
    private static String slice(LocalDateTime at) {
        var start = at.toLocalDate().atTime(LocalTime.of(at.getHour() / 2 * 2, 0));
        return String.format(Locale.ROOT, "%sT%02d", start.toLocalDate(), start.getHour());
    }
}
