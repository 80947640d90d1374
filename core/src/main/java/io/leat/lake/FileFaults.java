package io.leat.lake;

import io.leat.name.ErrorCode;
import io.leat.name.PipelineException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says which file of which table it is where a query failed because of a file of the lake.
 *
 * @param root the lake's folder
 */
record FileFaults(Path root) {

    private static final Pattern DAMAGE =
            Pattern.compile("magic bytes|too small|corrupt|not enough bytes|invalid|TProtocol");

    /** E404, E408 or E403 if a query failed because a file of a table is missing, damaged or denied; else the failure as it is. */
    PipelineException explained(PipelineException failure) {
        boolean denied =
                failure.code() == ErrorCode.PERMISSION && failure.message().contains("Permission denied");
        if (failure.code() != ErrorCode.DUCKDB && !denied) {
            return failure;
        }
        Matcher path = Pattern.compile("(" + Pattern.quote(root.toString()) + "/[^'\"\\n]+?/lake/[^'\"\\n]+)['\"\\n]")
                .matcher(failure.message() + "\n");
        if (!path.find()) {
            return failure;
        }
        Path file = Path.of(path.group(1));
        if (!Files.exists(file)) {
            return new PipelineException(
                            ErrorCode.MISSING_DATA_FILE,
                            "the data file " + file + ofTable(file) + " is missing",
                            failure)
                    .withHint("bring it back from a backup; rows of other loads may lie in it too");
        }
        if (denied) {
            return new PipelineException(
                            ErrorCode.PERMISSION, "the data file " + file + ofTable(file) + " may not be read", failure)
                    .withHint("give the user that runs leat the right to read it");
        }
        return DAMAGE.matcher(failure.message()).find()
                ? new PipelineException(
                                ErrorCode.LAKE_CORRUPT,
                                "the data file " + file + ofTable(file) + " is damaged: "
                                        + SqlFault.of(failure).message().replace(file.toString(), "it"),
                                failure)
                        .withHint("bring it back from a backup; rows of other loads may lie in it too")
                : failure;
    }

    /** E404: a file of metadata is not there. */
    PipelineException missingMetadata(String location, Exception failure) {
        return new PipelineException(
                        ErrorCode.MISSING_DATA_FILE,
                        "the metadata file " + location + ofTable(Path.of(location)) + " is missing",
                        failure)
                .withHint("if the lake's folder was moved, run `leat lake relocate`; else bring it back from a backup");
    }

    /** E408: a file of metadata cannot be understood. */
    PipelineException damagedMetadata(String location, Exception failure) {
        return new PipelineException(
                        ErrorCode.LAKE_CORRUPT,
                        "the metadata file " + location + ofTable(Path.of(location)) + " cannot be read",
                        failure)
                .withHint("bring it back from a backup");
    }

    /** Files lie in {@code environment/lake/schema/name/…}. */
    private String ofTable(Path file) {
        if (!file.startsWith(root)) {
            return "";
        }
        Path inside = root.relativize(file);
        return inside.getNameCount() > 4 ? " of " + inside.getName(2) + "." + inside.getName(3) : "";
    }
}
