package io.leat.cli.demo;

import static io.leat.cli.demo.Defect.duplicate;
import static io.leat.cli.demo.Defect.filtered;
import static io.leat.cli.demo.Defect.harmless;
import static io.leat.cli.demo.Defect.rejected;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Two tidy sources and a wide one, their labels, and the countries that they speak of. */
final class IndicatorFiles {
    private static final String ALL = "all";
    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2023;
    private static final String HEADER = "indicator_id,country_id,year,value,magnitude,qualifier";

    private final Path project;
    private final long seed;
    private final Manifest manifest;

    IndicatorFiles(Path project, long seed, Manifest manifest) {
        this.project = project;
        this.seed = seed;
        this.manifest = manifest;
    }

    void write() {
        countries();
        labels("wellbeing", Indicator.WELLBEING);
        labels("commerce", Indicator.COMMERCE);
        labels("climate", Indicator.CLIMATE);
        wellbeing();
        commerce();
        climate();
    }

    private void countries() {
        var entries = new ArrayList<Entry>();
        for (Country country : Country.ALL) {
            String text = country.id() + "," + quoted(country.name()) + "," + country.region();
            boolean accented = !StandardCharsets.US_ASCII.newEncoder().canEncode(country.name());
            entries.add(
                    accented ? Entry.of(text, ALL, harmless("letters of Latin-1, as declared")) : Entry.of(text, ALL));
        }
        TextFile.utf8("data/reference/countries.csv", "country_id,name,region")
                .in(StandardCharsets.ISO_8859_1)
                .write(project, "countries", entries, manifest);
    }

    private void labels(String source, List<Indicator> indicators) {
        var entries = new ArrayList<Entry>();
        for (Indicator indicator : indicators) {
            String text = indicator.id() + "," + quoted(indicator.label()) + "," + quoted(indicator.description());
            entries.add(
                    indicator.description().contains("\n")
                            ? Entry.of(text, ALL, harmless("a line end inside quotes"))
                            : Entry.of(text, ALL));
        }
        TextFile.utf8("data/indicators/" + source + "_labels.csv", "indicator_id,label,description")
                .write(project, source + "_labels", entries, manifest);
    }

    private void wellbeing() {
        var random = new Random(seed + 1);
        var ordinary = new ArrayList<Entry>();
        for (Indicator indicator : Indicator.WELLBEING) {
            for (Country country : Country.ALL) {
                for (int year = FIRST_YEAR; year <= LAST_YEAR; year++) {
                    ordinary.add(tidy(indicator, country, year, ',', qualifier(random), random));
                }
            }
        }
        String twice = ordinary.get(random.nextInt(50)).text();
        String again = ordinary.get(random.nextInt(50) + 60).text();
        var odd = List.of(
                Entry.of("WB.LIFE,WLD,2001,66.91,0,", ALL, filtered("a total of the world, not a country")),
                Entry.of("WB.SCHL,KEN,1999,about 40,0,", ALL, rejected("TYPE", "value is text")),
                Entry.of("WB.SCHL,KEN,1998,\"12,5\",0,", ALL, rejected("TYPE", "value with a decimal comma")),
                Entry.of("WB.SCHL,FIN,19x4,11.2,0,", ALL, rejected("TYPE", "year is no number")),
                Entry.of("WB.SCHL,FIN,1997.5,11.2,0,", ALL, rejected("TYPE", "year with a fraction")),
                Entry.of("WB.SCHL,FIN,1996,11.23456,0,", ALL, rejected("TYPE", "more digits than the type holds")),
                Entry.of("WB.LIFE,WLD,2002,67.15,0,", ALL, filtered("a total of the world, not a country")),
                Entry.of(",FRA,1999,79.1,0,", ALL, rejected("REQUIRED", "no indicator")),
                Entry.of("WB.LIFE,,1999,79.1,0,", ALL, rejected("REQUIRED", "no country")),
                Entry.of("WB.LIFE,FRA,NA,79.1,0,", ALL, rejected("REQUIRED", "year is NA")),
                Entry.of("WB.LIFE,FRA,2999,79.1,0,", ALL, rejected("RANGE", "year lies in the future")),
                Entry.of("WB.LIFE,FRA,1066,31.0,0,", ALL, rejected("RANGE", "year lies too far back")),
                Entry.of("wb life,FRA,1999,79.1,0,", ALL, rejected("PATTERN", "indicator in another spelling")),
                Entry.of("WB.LIFE,FRA,1998,79.0,0,guess", ALL, rejected("VALUES", "unknown qualifier")),
                Entry.of("WB.LIFE,XQZ,1999,70.0,0,", ALL, rejected("LOOKUP", "unknown country")),
                Entry.of("WB.PARK,XQZ,2003,20.5,0,", ALL, rejected("LOOKUP", "unknown country")),
                Entry.of("WB.PARK,AUT,1999", ALL, rejected("MALFORMED", "too few fields")),
                Entry.of("WB.PARK,AUT,1998,1.5,0,,Wien,9", ALL, rejected("MALFORMED", "too many fields")),
                Entry.of(
                        "WB.PARK,CHE,1999,30.5,0,r" + TextFile.rawByte(0xE9) + "vis" + TextFile.rawByte(0xE9),
                        ALL,
                        rejected("ENCODING", "letters of Latin-1 in a file of UTF-8")),
                Entry.of(twice, ALL, duplicate("the same row again")),
                Entry.of(again, ALL, duplicate("the same row again")));
        // The duplicates must come after their first: the ordinary rows that they repeat lie at the very beginning.
        var head = ordinary.subList(0, 120);
        var tail = ordinary.subList(120, ordinary.size());
        var entries = new ArrayList<>(head);
        entries.addAll(Mess.scatter(tail, odd, random));
        TextFile.utf8("data/indicators/wellbeing.csv", HEADER).windows().write(project, "wellbeing", entries, manifest);
    }

    private void commerce() {
        var random = new Random(seed + 2);
        var first = new ArrayList<Entry>();
        var second = new ArrayList<Entry>();
        for (Indicator indicator : Indicator.COMMERCE) {
            for (Country country : Country.ALL) {
                for (int year = FIRST_YEAR; year <= LAST_YEAR; year++) {
                    boolean early = year < 2012;
                    String remark = random.nextInt(60) == 0 ? "\"see note " + random.nextInt(90) + ";\nrevised\"" : "";
                    var entry = tidy(indicator, country, year, ';', remark, random);
                    if (!remark.isEmpty() && entry.defect() == null) {
                        entry = Entry.of(entry.text(), ALL, harmless("a line end and a delimiter inside quotes"));
                    }
                    (early ? first : second).add(entry);
                }
            }
        }
        var overlap = new ArrayList<Entry>();
        for (int i = 0; i < 40; i++) {
            String text = first.get(first.size() - 1 - i * 7).text();
            overlap.add(Entry.of(text, ALL, duplicate("already in the first file")));
        }
        overlap.add(Entry.of("CM.BRED;TUR;2012;free;0;", ALL, rejected("TYPE", "value is text")));
        overlap.add(Entry.of("CM.BRED;XQZ;2012;2.5;0;", ALL, rejected("LOOKUP", "unknown country")));
        overlap.add(Entry.of("CM.BRED;TUR;;2.5;0;", ALL, rejected("REQUIRED", "no year")));
        String header = HEADER.replace(',', ';');
        TextFile.utf8("data/indicators/commerce-1.csv", header).write(project, "commerce", first, manifest);
        TextFile.utf8("data/indicators/commerce-2.csv", header)
                .write(project, "commerce", Mess.scatter(second, overlap, random), manifest);
    }

    private Entry tidy(Indicator indicator, Country country, int year, char delimiter, String last, Random random) {
        int value = indicator.base() + random.nextInt(indicator.base()) - indicator.base() / 2;
        int dice = random.nextInt(400);
        String shown = dice == 0 ? "NA" : dice == 1 ? "" : decimal(value, 2);
        String text = String.join(
                String.valueOf(delimiter),
                indicator.id(),
                country.id(),
                String.valueOf(year),
                shown,
                String.valueOf(indicator.magnitude()),
                last);
        return switch (dice) {
            case 0 -> Entry.of(text, ALL, harmless("value is NA"));
            case 1 -> Entry.of(text, ALL, harmless("value is empty"));
            default -> Entry.of(text, ALL);
        };
    }

    private void climate() {
        var random = new Random(seed + 3);
        var header = new StringBuilder("country_id,indicator_id");
        for (int year = 1960; year <= LAST_YEAR; year++) {
            header.append(',').append(year);
        }
        var ordinary = new ArrayList<Entry>();
        for (Country country : Country.ALL) {
            for (Indicator indicator : Indicator.CLIMATE) {
                ordinary.add(wide(country.id(), indicator, "", random));
            }
        }
        var odd = List.of(
                wide("SWE", Indicator.CLIMATE.get(0), "mild", random).as(rejected("TYPE", "one of 64 cells is text")),
                wide("XQZ", Indicator.CLIMATE.get(1), "", random).as(rejected("LOOKUP", "unknown country")));
        TextFile.utf8("data/indicators/climate.csv", header.toString())
                .write(project, "climate", Mess.scatter(ordinary, odd, random), manifest);
    }

    private static Entry wide(String country, Indicator indicator, String oneCell, Random random) {
        var text = new StringBuilder(country).append(',').append(indicator.id());
        int cells = LAST_YEAR - 1960 + 1;
        int odd = random.nextInt(cells);
        int absent = 0;
        for (int i = 0; i < cells; i++) {
            int value = indicator.base() + random.nextInt(indicator.base() / 5);
            boolean missing = random.nextInt(40) == 0;
            absent += missing ? 1 : 0;
            String cell = missing ? (value % 2 == 0 ? "" : "..") : decimal(value, 2);
            text.append(',').append(i == odd && !oneCell.isEmpty() ? oneCell : cell);
        }
        return Entry.of(text.toString(), ALL).expanding(cells - absent - 1);
    }

    private static String qualifier(Random random) {
        return switch (random.nextInt(20)) {
            case 0 -> "estimate";
            case 1 -> "provisional";
            case 2 -> "revised";
            default -> "";
        };
    }

    /** The number with its last digits behind the point: 1234 with 2 is 12.34. */
    static String decimal(int number, int digits) {
        int unit = (int) Math.pow(10, digits);
        return String.format(Locale.ROOT, "%d.%0" + digits + "d", number / unit, number % unit);
    }

    static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == ';');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
