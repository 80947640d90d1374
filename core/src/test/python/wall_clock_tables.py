#!/usr/bin/env python3
"""Writes the tables that WallClockTablesTest compares Leat with: windows.txt and cron.txt.

They are made from Python's zoneinfo and from the rules as the documentation states them, by looking at single boundaries and
single minutes: no code and no formula of Leat's is in here.

    python3 -m pip install tzdata==2026.1        # the version of tzdb that the JDK has: 2026a
    PYTHONTZPATH= python3 core/src/test/python/wall_clock_tables.py core/src/test/resources/io/leat/time
"""

import sys
import zoneinfo
from datetime import date, datetime, timedelta, timezone
from itertools import groupby
from pathlib import Path

import tzdata

ZONES = [
    "America/Los_Angeles",
    "Australia/Lord_Howe",
    "America/Havana",
    "Pacific/Apia",
    "Pacific/Chatham",
    "America/Sao_Paulo",
    "Africa/Monrovia",
]
UTC = timezone.utc
FIRST, LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2038, 1, 1, tzinfo=UTC)
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)


class Clock:
    """What a zone's wall clock shows: stretches of time with one offset each."""

    def __init__(self, name):
        self.zone = zoneinfo.ZoneInfo(name)
        self.changes = list(self.find_changes())
        starts = [datetime.min.replace(tzinfo=UTC)] + self.changes
        ends = self.changes + [datetime.max.replace(tzinfo=UTC)]
        probes = [FIRST - 400 * DAY] + self.changes
        self.stretches = [(s, e, self.offset(p)) for s, e, p in zip(starts, ends, probes)]

    def offset(self, instant):
        return instant.astimezone(self.zone).utcoffset()

    def find_changes(self):
        """Each instant from which on the offset is another one, to the second; a year more than is asked for at each end."""
        at, step = FIRST - 400 * DAY, 3 * HOUR
        while at < LAST + 400 * DAY:
            if self.offset(at) != self.offset(at + step):
                low, high = at, at + step
                while high - low > SECOND:
                    middle = low + (high - low) // 2
                    middle = middle.replace(microsecond=0)
                    low, high = (middle, high) if self.offset(middle) == self.offset(low) else (low, middle)
                yield high
            at += step

    def shown(self, local):
        """The instants at which the clock shows a local time: none in a gap, two where an hour is repeated."""
        instants = []
        for start, end, offset in self.stretches:
            instant = (local - offset).replace(tzinfo=UTC)
            if start <= instant < end:
                instants.append(instant)
        return instants

    def gap_end(self, local):
        """The end of the gap that a local time lies in."""
        for change in self.changes:
            before = (change + self.offset(change - SECOND)).replace(tzinfo=None)
            after = (change + self.offset(change)).replace(tzinfo=None)
            if before <= local < after:
                return change
        raise ValueError(f"{local} is not in a gap of {self.zone}")

    def boundary(self, local):
        """A boundary inside a gap moves to the gap's end; one that occurs twice is its first occurrence."""
        return min(self.shown(local), default=None) or self.gap_end(local)


def local_boundaries(every, first, last):
    """All boundaries of the local calendar from one day to another."""
    day = first
    while day <= last:
        midnight = datetime(day.year, day.month, day.day)
        if every.endswith("mo"):
            if day.day == 1:
                yield midnight
        elif every == "1w":
            if day.weekday() == 0:
                yield midnight
        else:
            step = {"15m": 15, "1h": 60, "2h": 120, "6h": 360, "1d": 1440}[every]
            for minute in range(0, 1440, step):
                yield midnight + timedelta(minutes=minute)
        day += DAY


LABELS = {
    "15m": "%Y-%m-%dT%H:%M", "1h": "%Y-%m-%dT%H", "2h": "%Y-%m-%dT%H", "6h": "%Y-%m-%dT%H",
    "1d": "%Y-%m-%d", "1w": "%Y-%m-%d", "1mo": "%Y-%m",
}
MARGIN_DAYS = {"15m": 2, "1h": 2, "2h": 2, "6h": 3, "1d": 4, "1w": 16, "1mo": 64}


def windows_around(clock, change, every):
    """Start, end and label of each window that has a part of the change and of an hour after it; equal boundaries are one."""
    margin = MARGIN_DAYS[every] * DAY
    labels = {}
    for local in local_boundaries(every, (change - margin).date(), (change + margin).date()):
        labels.setdefault(clock.boundary(local), local)  # the smallest local boundary comes first
    starts = sorted(labels)
    for start, end in zip(starts, starts[1:]):
        if end >= change and start <= change + HOUR:
            yield start, end, labels[start].strftime(LABELS[every])


def text(instant):
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")


def in_question(clock):
    return [change for change in clock.changes if FIRST <= change < LAST]


def write_windows(out):
    print("# zone; then for each change of its clock: instant, offsets before and after in seconds", file=out)
    print("# and for each granularity: start of the first window; label and length in seconds of each", file=out)
    for name in ZONES:
        clock = Clock(name)
        print(f"zone {name}", file=out)
        for change in in_question(clock):
            write_change(out, clock, change)
            for every in LABELS:
                windows = list(windows_around(clock, change, every))
                cells = " ".join(f"{label} {int((end - start).total_seconds())}" for start, end, label in windows)
                print(every, text(windows[0][0]), cells, file=out)


def write_change(out, clock, change):
    before, after = clock.offset(change - SECOND), clock.offset(change)
    print("change", text(change), int(before.total_seconds()), int(after.total_seconds()), file=out)


# Schedules, and how far around a change of the clock their times are listed.
SCHEDULES = {
    "0 * * * *": 4 * HOUR,
    "*/15 * * * *": 3 * HOUR,
    "0 */2 * * *": 6 * HOUR,
    "30 1 * * *": 30 * HOUR,
    "30 2 * * *": 30 * HOUR,
    "0 0 * * *": 30 * HOUR,
    "15 1 * * 0": 8 * DAY,
    "0 0 1 * *": 33 * DAY,
}


def values(field, least, most):
    if field == "*":
        return set(range(least, most + 1))
    if field.startswith("*/"):
        return set(range(least, most + 1, int(field[2:])))
    return {int(field)}


class Schedule:
    def __init__(self, expression):
        minute, hour, day, month, weekday = expression.split()
        self.minutes, self.hours = values(minute, 0, 59), values(hour, 0, 23)
        self.days, self.months = values(day, 1, 31), values(month, 1, 12)
        self.weekdays = values(weekday, 0, 6)

    def fits_day(self, day):
        return day.day in self.days and day.month in self.months and day.isoweekday() % 7 in self.weekdays

    def fits(self, local):
        return local.second == 0 and local.minute in self.minutes and local.hour in self.hours and self.fits_day(local)

    def times(self, clock, first, last):
        """All instants after the first up to the last at which it fires."""
        if len(self.hours) == 24:
            found = self.in_real_time(clock, first, last)
        else:
            found = self.once_for_each_local_time(clock, first, last)
        return sorted(instant for instant in found if first < instant <= last)

    def in_real_time(self, clock, first, last):
        """It allows every hour: whenever the clock shows a minute that fits."""
        at = first
        while at <= last:
            if self.fits(at.astimezone(clock.zone).replace(tzinfo=None)):
                yield at
            at += 30 * SECOND  # Monrovia was half a minute off the full one

    def once_for_each_local_time(self, clock, first, last):
        """At the end of the gap for local times that are skipped, at the first occurrence of those that are repeated."""
        day, end = first.date() - 2 * DAY, last.date() + 2 * DAY
        times = set()
        while day <= end:
            if self.fits_day(day):
                for hour in self.hours:
                    for minute in self.minutes:
                        times.add(clock.boundary(datetime(day.year, day.month, day.day, hour, minute)))
            day += DAY
        return times


def write_schedules(out):
    print("# zone; then for each change of its clock: instant, offsets before and after in seconds", file=out)
    print("# and for each schedule: seconds looked at before and after; its first time; seconds from time to time", file=out)
    for name in ZONES:
        clock = Clock(name)
        print(f"zone {name}", file=out)
        for change in in_question(clock):
            write_change(out, clock, change)
            for expression, around in SCHEDULES.items():
                times = Schedule(expression).times(clock, change - around, change + around)
                lengths = [int((b - a).total_seconds()) for a, b in zip(times, times[1:])]
                runs = " ".join(f"{length}x{len(list(same))}" for length, same in groupby(lengths))
                print(f"{expression} | {int(around.total_seconds())} {text(times[0])} {runs}".rstrip(), file=out)


def main(folder):
    for name, write in (("windows.txt", write_windows), ("cron.txt", write_schedules)):
        with open(Path(folder) / name, "w", encoding="ascii", newline="\n") as out:
            print("# made by wall_clock_tables.py; do not edit", file=out)
            print(f"tzdata {tzdata.IANA_VERSION}", file=out)
            write(out)


if __name__ == "__main__":
    if zoneinfo.TZPATH:
        sys.exit("set PYTHONTZPATH to nothing: the zones of the system may be of another version than the package tzdata")
    main(sys.argv[1])
