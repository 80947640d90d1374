package io.leat.source;

import io.leat.name.PipelineName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Files of one shape, and the pattern that finds just these. */
record FileBatch(List<FileShape> shapes, String pattern) {

    private record Likeness(FileFormat format, Compression compression, List<CsvForm> forms, List<String> columns) {}

    /** Each file on its own, unless it is like others and a pattern covers exactly those. */
    static List<FileBatch> of(List<FileShape> shapes, Path root) {
        Map<Likeness, List<FileShape>> alike = new LinkedHashMap<>();
        Set<String> seen = new TreeSet<>();
        for (FileShape shape : shapes) {
            FileLook look = shape.look();
            if (seen.add(look.file().name())) {
                var likeness = new Likeness(look.format(), look.compression(), shape.forms(), shape.columns());
                alike.computeIfAbsent(likeness, key -> new ArrayList<>()).add(shape);
            }
        }
        List<FileBatch> batches = new ArrayList<>();
        for (List<FileShape> group : alike.values()) {
            Optional<String> pattern = group.size() < 2 ? Optional.empty() : pattern(group, root);
            pattern.ifPresentOrElse(
                    found -> batches.add(new FileBatch(group, found)),
                    () -> group.forEach(shape -> batches.add(new FileBatch(
                            List.of(shape),
                            FileShape.escaped(shape.look().file().name())))));
        }
        return batches;
    }

    List<SourceFile> files() {
        return shapes.stream().map(shape -> shape.look().file()).toList();
    }

    /** What the files have in common, or their folder's name; a single file's own. */
    PipelineName name() {
        List<String> names = names(shapes);
        if (names.size() == 1) {
            return new PipelineName(DraftNames.ofFile(names.getFirst()));
        }
        String common = DraftNames.ofCommonPart(names);
        Path folder = Objects.requireNonNull(
                shapes.getFirst().look().file().path().toAbsolutePath().getParent());
        return new PipelineName(common.isEmpty() ? DraftNames.ofFile(String.valueOf(folder.getFileName())) : common);
    }

    private static List<String> names(List<FileShape> group) {
        return group.stream()
                .map(shape -> shape.look().file().path().getFileName().toString())
                .toList();
    }

    private static Optional<String> pattern(List<FileShape> group, Path root) {
        Set<String> wanted =
                group.stream().map(shape -> shape.look().file().name()).collect(Collectors.toCollection(TreeSet::new));
        Set<String> folders = wanted.stream()
                .map(name -> name.substring(0, name.lastIndexOf('/') + 1))
                .collect(Collectors.toSet());
        if (folders.size() > 1) {
            return Optional.empty();
        }
        List<String> names = names(group);
        String stem = DraftNames.commonStem(names);
        boolean numbered = names.stream().allMatch(name -> name.matches("[0-9][^\\p{L}]*([.].*)?"));
        if (DraftNames.ofCommonPart(names).isEmpty() && !numbered) {
            return Optional.empty();
        }
        String suffix = commonSuffix(names);
        String folder = FileShape.escaped(folders.iterator().next());
        for (String middle : List.of(stem + "\0*", stem + "\0[0-9]*", DraftNames.commonPrefix(names) + "\0*")) {
            String[] parts = middle.split("\0", 2);
            String pattern = folder + FileShape.escaped(parts[0]) + parts[1] + FileShape.escaped(suffix);
            Set<String> found = new Listing(root)
                    .find(List.of(pattern)).stream()
                            .map(SourceFile::name)
                            .collect(Collectors.toCollection(TreeSet::new));
            if (found.equals(wanted)) {
                return Optional.of(pattern);
            }
        }
        return Optional.empty();
    }

    /** From a point on, so that what differs may become longer. */
    private static String commonSuffix(List<String> names) {
        List<String> reversed = names.stream()
                .map(name -> new StringBuilder(name).reverse().toString())
                .toList();
        return new StringBuilder(DraftNames.commonPrefix(reversed))
                .reverse()
                .toString()
                .replaceFirst("^[^.]*(?=[.])", "");
    }
}
