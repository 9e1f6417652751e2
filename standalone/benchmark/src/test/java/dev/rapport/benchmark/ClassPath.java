package dev.rapport.benchmark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a subject sees of the world; the build writes it down. Nobody sees a library that it does not use and Boot would start. */
enum ClassPath {
    RAPPORT(Path.of("target"), "nothing"),
    AXON_ON_JPA(Path.of("peers", "target"), "hibernate-envers-.*"),
    AXON_ON_JDBC(Path.of("peers", "target"), "hibernate-(core|envers)-.*|spring-(boot-hibernate|data-|boot-data-).*"),
    ENVERS(Path.of("peers", "target"), "axon-.*"),
    RAW(Path.of("peers", "target"), "(axon|hibernate|spring|logback)-.*");

    private final Path target;

    /** By the names of the files. */
    private final Pattern hidden;

    ClassPath(Path target, String hidden) {
        this.target = target;
        this.hidden = Pattern.compile(hidden);
    }

    @Override
    public String toString() {
        try {
            String libraries = Arrays.stream(Files.readString(target.resolve("class-path.txt"))
                            .strip()
                            .split(File.pathSeparator, -1))
                    .filter(library -> !hidden.matcher(
                                    Path.of(library).getFileName().toString())
                            .matches())
                    .collect(Collectors.joining(File.pathSeparator));
            return target.resolve("classes").toAbsolutePath() + File.pathSeparator + libraries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
