package io.leat.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Random schedules around random changes of the clock, against every minute tried. */
class CronLawTest {

    private static final int TRIES = 600;
    private static final Duration AROUND = Duration.ofDays(3);
    private static final Instant LEAP_DAY = Instant.parse("2024-02-29T00:00:00Z");

    /** Gaps and repeated hours of an hour, half an hour, 44 and a half minutes, a day; at midnight, at night, in steps of a quarter. */
    private static final List<String> ZONES = List.of(
            "America/Los_Angeles",
            "Australia/Lord_Howe",
            "America/Havana",
            "Pacific/Apia",
            "Pacific/Chatham",
            "America/Sao_Paulo",
            "Africa/Monrovia",
            "Antarctica/Casey",
            "UTC");

    @Test
    void firesAtEveryMinuteThatFitsByThePolicy() {
        var fired = new AtomicInteger();
        Seeded.check(TRIES, random -> {
            var naive = NaiveCron.random(random);
            var zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
            var changes = WallClockTable.instantsOfJava(zone);
            var change = changes.isEmpty() ? LEAP_DAY : changes.get(random.nextInt(changes.size()));
            var after = change.minus(AROUND).plusSeconds(30L * random.nextInt(2880));
            var until = change.plus(AROUND);
            var cron = Cron.parse(naive.text());
            var expected = naive.times(zone, after, until);
            var times = new ArrayList<Instant>();
            for (var at = cron.next(after, zone); !at.isAfter(until); at = cron.next(at, zone)) {
                times.add(at);
            }
            assertThat(times).as("%s in %s after %s", naive.text(), zone, after).isEqualTo(expected);
            between(cron, zone, expected, after.plusSeconds(random.nextLong(AROUND.toSeconds())));
            fired.addAndGet(times.size());
        });
        assertThat(fired)
                .as("times that were compared")
                .hasValueGreaterThan(Long.getLong("leat.seed") == null ? TRIES * 10 : -1);
    }

    /** At any instant, whether it fires then or not. */
    private static void between(Cron cron, ZoneId zone, List<Instant> times, Instant instant) {
        var next = times.stream().filter(time -> time.isAfter(instant)).findFirst();
        var last = times.stream().filter(time -> !time.isAfter(instant)).reduce((_, later) -> later);
        if (next.isPresent()) {
            assertThat(cron.next(instant, zone))
                    .as("%s in %s after %s", cron, zone, instant)
                    .isEqualTo(next.get());
        }
        if (last.isPresent()) {
            assertThat(cron.last(instant, zone))
                    .as("%s in %s until %s", cron, zone, instant)
                    .isEqualTo(last);
        }
    }
}
