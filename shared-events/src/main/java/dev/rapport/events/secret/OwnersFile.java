package dev.rapport.events.secret;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/** Files that a first start makes and that nobody but their owner is to read. */
public final class OwnersFile {

    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    /**
     * Makes a file, and its folder if that is not there. It is on the disk when this returns, with its name.
     *
     * @throws FileAlreadyExistsException when there is one, which perhaps another process made meanwhile
     * @throws NotDirectoryException when a file is where its folder is to be
     */
    public static void make(Path file, String content) throws IOException {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder");
        makeFolder(folder);
        FileAttribute<?>[] ownerOnly = isPosix(folder)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
        Path whole = Files.createTempFile(folder, file.getFileName() + ".", ".new", ownerOnly);
        try {
            Files.writeString(whole, content, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
            putInPlace(whole, file);
            keepName(folder);
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    private static void makeFolder(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException aFile) {
            // not to be taken for a file that another process made meanwhile
            NotDirectoryException noFolder = new NotDirectoryException(aFile.getFile());
            noFolder.initCause(aFile);
            throw noFolder;
        }
    }

    /** Never half of a file, as a kill in between would leave it, and never in the place of one that another process made meanwhile. */
    private static void putInPlace(Path whole, Path file) throws IOException {
        try {
            // unlike an atomic move, which replaces what is there
            Files.createLink(file, whole);
        } catch (FileAlreadyExistsException anotherWasFaster) {
            throw anotherWasFaster;
        } catch (UnsupportedOperationException | FileSystemException noLinksHere) {
            Files.move(whole, file);
        }
    }

    /** What a folder lists is written later than its files, unless somebody insists; where a folder is no file, nobody can. */
    private static void keepName(Path folder) throws IOException {
        if (isPosix(folder)) {
            try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
                names.force(true);
            }
        }
    }

    /** Whether others than its owner may read or write a file, as far as its file system tells. */
    public static boolean isOpenToOthers(Path file) throws IOException {
        return isPosix(file) && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file));
    }

    private static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private OwnersFile() {}
}
