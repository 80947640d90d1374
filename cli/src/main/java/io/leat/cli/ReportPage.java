package io.leat.cli;

import io.leat.cli.output.Human;
import io.leat.run.Report;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A report as one HTML page that needs nothing else: to be mailed, or put behind any web server. */
final class ReportPage {
    private static final String STYLE = """
            body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #1c2733; background: #fff }
            table { border-collapse: collapse; width: 100%; margin: 1rem 0 2rem }
            th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid #d8dee4; vertical-align: top }
            td.n, th.n { text-align: right; font-variant-numeric: tabular-nums }
            .bad { color: #a4262c; font-weight: 600 }
            .good { color: #1a7f37; font-weight: 600 }
            @media (prefers-color-scheme: dark) {
              body { background: #12181f; color: #d7dde4 } th, td { border-color: #303a45 } .bad { color: #ff8a80 } .good { color: #6fcf8e }
            }
            """;

    private ReportPage() {}

    static String of(Report report) {
        String title = "Leat: " + report.project() + ", " + report.environment();
        return """
                <!doctype html>
                <html lang="en">
                <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%1$s</title><style>%2$s</style></head>
                <body>
                <h1>%1$s</h1>
                <p>%3$s to %4$s (UTC)</p>
                <p class="%5$s">%6$s</p>
                %7$s%8$s%9$s</body>
                </html>
                """.formatted(
                        text(title),
                        STYLE,
                        text(report.since().toString()),
                        text(report.until().toString()),
                        report.well() ? "good" : "bad",
                        text(ReportCommand.sentence(report)),
                        lines(report),
                        failures(report),
                        checks(report));
    }

    private static String lines(Report report) {
        return table(
                "Pipelines and models",
                List.of(
                        "name",
                        "#slices",
                        "#failed",
                        "#retries",
                        "#read",
                        "#loaded",
                        "#rejected",
                        "#longest wait",
                        "#overdue"),
                report.lines().stream()
                        .map(line -> {
                            var activity = line.activity();
                            Long wait = activity.longestWaitMillis();
                            return List.of(
                                    line.node().name().value(),
                                    Human.count(activity.loaded()),
                                    Human.count(activity.failed()),
                                    Human.count(activity.attempts()),
                                    Human.count(activity.read()),
                                    Human.count(activity.staged()),
                                    Human.count(activity.rejected()),
                                    wait == null ? "" : Human.duration(Duration.ofMillis(wait)),
                                    line.overdue().map(Human::count).orElse(""));
                        })
                        .toList());
    }

    private static String failures(Report report) {
        return table(
                "Failed",
                List.of("record", "code", "at", "reason"),
                report.failures().stream()
                        .map(record -> List.of(
                                record.name(),
                                word(record.errorCode()),
                                record.updated().toString(),
                                record.reason() == null ? "" : record.reason()))
                        .toList());
    }

    private static String checks(Report report) {
        return table(
                "Checks that did not pass",
                List.of("check", "verdict", "at", "message"),
                report.checks().stream()
                        .map(check -> List.of(
                                check.name(),
                                check.verdict().name().toLowerCase(Locale.ROOT),
                                check.at().toString(),
                                check.message()))
                        .toList());
    }

    /** Nothing if there are no rows; a heading with # is of numbers. */
    private static String table(String caption, List<String> headings, List<List<String>> rows) {
        if (rows.isEmpty()) {
            return "";
        }
        String head = headings.stream()
                .map(heading -> heading.startsWith("#")
                        ? "<th class=\"n\">" + text(heading.substring(1)) + "</th>"
                        : "<th>" + text(heading) + "</th>")
                .collect(Collectors.joining());
        String body = rows.stream().map(row -> row(headings, row)).collect(Collectors.joining("\n"));
        return "<h2>" + text(caption) + "</h2>\n<table>\n<thead><tr>" + head + "</tr></thead>\n<tbody>\n" + body
                + "\n</tbody></table>\n";
    }

    private static String row(List<String> headings, List<String> row) {
        var cells = new StringBuilder("<tr>");
        for (int column = 0; column < row.size(); column++) {
            cells.append(headings.get(column).startsWith("#") ? "<td class=\"n\">" : "<td>")
                    .append(text(row.get(column)))
                    .append("</td>");
        }
        return cells.append("</tr>").toString();
    }

    private static String word(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    /** Data may say anything: nothing of it is markup. */
    private static String text(String data) {
        return data.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
