package io.leat.cli;

import picocli.CommandLine.Command;

@Command(
        name = "lake",
        description = "Looks after the tables' files.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  leat lake maintain", "  leat lake recover", "  leat lake relocate"})
final class LakeCommand {}
