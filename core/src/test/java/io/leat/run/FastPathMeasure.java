package io.leat.run;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/** By hand: CPU of the fast path, of judging, and of the plain typed statement, over one big file. */
final class FastPathMeasure {
    public static void main(String[] arguments) {
        var cpu = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        Path folder = Path.of(arguments[0]);
        try (var bench = new RowBench(folder)) {
            String yaml = "files: " + arguments[1] + "\ncolumns: { id: integer, ts: local_timestamp, country: string, value: 'decimal(10,3)', q: int32 }";
            var program = bench.program(yaml);
            String plain = "SELECT *, 'p' AS _leat_pipeline, TIMESTAMPTZ '2020-01-01 00:00:00+00' AS _leat_window FROM read_csv('"
                    + folder.resolve(arguments[1])
                    + "', header=true, auto_detect=false, columns={'id':'BIGINT','ts':'TIMESTAMP','country':'VARCHAR','value':'DECIMAL(10,3)','q':'INTEGER'})";
            System.out.println(program.fast().orElseThrow());
            for (int i = 0; i < 5; i++) {
                for (var query : new String[] {plain, program.fast().orElseThrow()}) {
                    long before = cpu.getProcessCpuTime();
                    bench.duckDb.execute("COPY (" + query + ") TO '" + folder.resolve("out.parquet") + "' (FORMAT parquet, COMPRESSION zstd)");
                    System.out.printf("%s %.2f s%n", query == plain ? "plain" : "fast ", (cpu.getProcessCpuTime() - before) / 1e9);
                }
                if (i == 2 && arguments.length > 2) {
                    long before = cpu.getProcessCpuTime();
                    var judgement = program.judge(bench.duckDb);
                    bench.duckDb.execute("COPY (" + judgement.good() + ") TO '" + folder.resolve("out.parquet") + "' (FORMAT parquet, COMPRESSION zstd)");
                    System.out.printf("judged %.2f s%n", (cpu.getProcessCpuTime() - before) / 1e9);
                    judgement.close();
                }
            }
        }
    }
}
