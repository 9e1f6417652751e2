package dev.rapport.events.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class A_file_for_its_owner {

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("somewhere/else/key");
    }

    @Test
    void is_made_with_its_folder_and_nothing_beside_it() throws IOException {
        OwnersFile.make(file(), "a secret\n");

        assertThat(file()).hasContent("a secret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(file().getParent()).isDirectoryNotContaining(other -> !other.equals(file()));
    }

    @Test
    void never_takes_the_place_of_another() throws IOException {
        OwnersFile.make(file(), "the first");

        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> OwnersFile.make(file(), "the second"));
        assertThat(file()).hasContent("the first");
        assertThat(file().getParent()).isDirectoryNotContaining(other -> !other.equals(file()));
    }

    @Test
    void is_not_taken_for_made_by_another_where_a_file_is_in_place_of_its_folder() throws IOException {
        Files.createDirectory(folder.resolve("somewhere"));
        Files.writeString(file().getParent(), "a file");

        assertThatExceptionOfType(NotDirectoryException.class).isThrownBy(() -> OwnersFile.make(file(), "a secret"));
    }

    @Test
    void is_open_to_others_as_soon_as_one_of_them_may_read_it() throws IOException {
        OwnersFile.make(file(), "a secret");
        assertThat(OwnersFile.isOpenToOthers(file())).isFalse();

        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("r--r-----"));
        assertThat(OwnersFile.isOpenToOthers(file())).isTrue();

        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("r--------"));
        assertThat(OwnersFile.isOpenToOthers(file())).isFalse();
    }
}
