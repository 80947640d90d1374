package io.leat.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "leat",
        description = {
            "Moves data in time windows and proves that it arrived.",
            "",
            "Data goes to standard output, messages to standard error; -o chooses the form of the data."
        },
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Version.class,
        footerHeading = "%nExamples:%n",
        footer = {
            "  leat demo                    a project that shows everything, made and run",
            "  leat init sales              a new project",
            "  leat add sales.csv           a pipeline for a file of yours",
            "  leat explain E003            what an error means and what to do",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 configuration invalid,",
            "4 data failed a check, 5 what was named is locked, 75 try again,",
            "130 interrupted, 143 terminated."
        })
final class LeatCommand {
    @Mixin
    final GlobalOptions options;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "The version.")
    boolean version;

    LeatCommand(GlobalOptions options) {
        this.options = options;
    }
}
