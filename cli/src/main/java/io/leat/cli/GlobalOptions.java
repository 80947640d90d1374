package io.leat.cli;

import io.leat.cli.output.Form;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command takes, before or after its name. */
final class GlobalOptions {
    @Option(
            names = "--project",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            order = 101,
            description = "The project; else this folder or the nearest above it that holds leat.yaml.")
    @Nullable
    Path project;

    @Option(
            names = "--env",
            scope = ScopeType.INHERIT,
            paramLabel = "NAME",
            order = 102,
            description = "The environment; dev if none is named.")
    @Nullable
    String environment;

    @Option(
            names = {"-o", "--output"},
            scope = ScopeType.INHERIT,
            paramLabel = "FORM",
            order = 103,
            description = "table, json, ndjson, yaml or csv.")
    Form form = Form.TABLE;

    @Option(
            names = "--set",
            scope = ScopeType.INHERIT,
            paramLabel = "KEY=VALUE",
            order = 104,
            description = "Overrides a setting of leat.yaml, for instance defaults.memory=4GB.")
    Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--no-input",
            scope = ScopeType.INHERIT,
            order = 105,
            description = "Never asks; what would need an answer fails.")
    boolean noInput;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            order = 106,
            description = "No messages but errors.")
    boolean quiet;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            order = 107,
            description = "With an error, prints where in the program it arose.")
    boolean debug;

    @Option(
            names = {"-h", "--help"},
            scope = ScopeType.INHERIT,
            usageHelp = true,
            order = 108,
            description = "This text.")
    boolean help;
}
