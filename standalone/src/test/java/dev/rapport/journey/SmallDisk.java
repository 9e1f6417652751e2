package dev.rapport.journey;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk with little room, made of memory, to be filled to the last byte. Mounting one takes rights that not everybody has. */
final class SmallDisk implements AutoCloseable {

    private final Path place;

    private SmallDisk(Path place) {
        this.place = place;
    }

    /** Mounts one; a test is skipped where that is not allowed. */
    static SmallDisk at(Path place, int mebibytes) throws IOException {
        Files.createDirectories(place);
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", place.toString()) == 0,
                "a small disk cannot be mounted here: that takes root");
        return new SmallDisk(place);
    }

    Path place() {
        return place;
    }

    /** Leaves no room for anything. */
    void fill() throws IOException {
        byte[] some = new byte[4096];
        try (OutputStream ballast = Files.newOutputStream(ballast())) {
            while (true) {
                ballast.write(some);
            }
        } catch (IOException full) {
            if (!String.valueOf(full.getMessage()).contains("No space left")) {
                throw full;
            }
        }
    }

    void makeRoom() throws IOException {
        Files.delete(ballast());
    }

    private Path ballast() {
        return place.resolve("ballast");
    }

    private static int run(String... command) throws IOException {
        return new ProcessBuilder(command).inheritIO().start().onExit().join().exitValue();
    }

    @Override
    public void close() throws IOException {
        if (run("umount", place.toString()) != 0) {
            throw new IOException(place + " is still in use");
        }
    }
}
