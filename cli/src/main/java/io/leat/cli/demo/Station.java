package io.leat.cli.demo;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Where a bicycle is taken or left. */
record Station(String id, String name, String district, int docks) {
    private static final List<String> DISTRICTS = List.of("Harbour", "Old Town", "Hillside", "Orchards");
    private static final List<String> PLACES = List.of(
            "Market", "Library", "Bridge", "Theatre", "Garden", "Mill", "Lighthouse", "School", "Tram stop", "Bakery");

    static final List<Station> ALL = IntStream.range(0, 40)
            .mapToObj(i -> new Station(
                    String.format(Locale.ROOT, "S%03d", i + 1),
                    PLACES.get(i % PLACES.size()) + ", " + DISTRICTS.get(i / PLACES.size()),
                    DISTRICTS.get(i / PLACES.size()),
                    8 + i * 7 % 20))
            .toList();
}
