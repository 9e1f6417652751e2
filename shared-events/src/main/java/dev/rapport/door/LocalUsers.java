package dev.rapport.door;

import dev.rapport.events.access.Role;
import dev.rapport.events.problem.SettingName;
import dev.rapport.events.problem.StartRefused;
import dev.rapport.events.secret.OwnersFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * The local users, where no identity provider is named: a file with a line each, {@code name:ROLE,ROLE:hash}, the hash by bcrypt. The first
 * start writes it with the users of the first look, one for each role that people try, all with one password: that of {@code
 * RAPPORT_DEMO_PASSWORD}, which then stands in no file, or one that is made and printed once. A team puts its own users there instead.
 *
 * @param users by name
 */
record LocalUsers(Map<String, User> users) {

    private static final Logger log = LoggerFactory.getLogger(LocalUsers.class);

    private static final Map<String, Role> OF_THE_FIRST_LOOK = firstLook();
    private static final SettingName FILE = new SettingName("rapport.identity.users-file");

    /** Somebody who may sign in. */
    record User(List<Role> roles, String hash) {

        String line(String name) {
            return name + ":" + String.join(",", roles.stream().map(Role::name).toList()) + ":" + hash;
        }
    }

    private static Map<String, Role> firstLook() {
        Map<String, Role> roles = new LinkedHashMap<>();
        roles.put("manager1", Role.RELATIONSHIP_MANAGER);
        roles.put("manager2", Role.RELATIONSHIP_MANAGER);
        roles.put("manager3", Role.RELATIONSHIP_MANAGER);
        roles.put("head", Role.HEAD_OF_RELATIONSHIPS);
        roles.put("auditor", Role.AUDITOR);
        roles.put("reporter", Role.REPORTER);
        roles.put("operator", Role.OPERATOR);
        return roles;
    }

    /**
     * The users of a file, if there is one.
     *
     * @param made whether the file is written when it is not there and no password is given
     * @param demoPassword the password of the users of the first look; empty when there is none
     * @throws StartRefused that names the line that is no user, or the file that is not there, or can't be read or made
     */
    static LocalUsers of(@Nullable Path file, boolean made, String demoPassword, PasswordEncoder encoder) {
        Map<String, User> users = new LinkedHashMap<>();
        if (file != null && Files.exists(file)) {
            users.putAll(read(file));
        } else if (demoPassword.isEmpty()) {
            users.putAll(madeFor(file, made, encoder));
        }
        if (!demoPassword.isEmpty()) {
            users.putAll(firstLookWith(hash(demoPassword, encoder)));
        }
        return new LocalUsers(users);
    }

    /** Whether some of them are those that everybody knows. */
    boolean areForTheFirstLook() {
        return users.keySet().stream().anyMatch(OF_THE_FIRST_LOOK::containsKey);
    }

    List<UserDetails> details() {
        List<UserDetails> details = new ArrayList<>();
        users.forEach((name, user) -> details.add(org.springframework.security.core.userdetails.User.withUsername(name)
                .password(user.hash)
                .roles(user.roles.stream().map(Role::name).toArray(String[]::new))
                .build()));
        return details;
    }

    private static Map<String, User> firstLookWith(String hash) {
        Map<String, User> users = new LinkedHashMap<>();
        OF_THE_FIRST_LOOK.forEach((name, role) -> users.put(name, new User(List.of(role), hash)));
        return users;
    }

    private static Map<String, User> madeFor(@Nullable Path file, boolean allowed, PasswordEncoder encoder) {
        if (file == null || !allowed) {
            throw new StartRefused(
                    "there are no local users: "
                            + (file == null ? "rapport.identity.users-file names no file" : file + " is not there"),
                    "set " + FILE + " to a file that has a user a line");
        }
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random);
        Map<String, User> users = firstLookWith(hash(password, encoder));
        try {
            OwnersFile.make(
                    file,
                    users.entrySet().stream()
                            .map(user -> user.getValue().line(user.getKey()) + "\n")
                            .collect(Collectors.joining()));
        } catch (FileAlreadyExistsException anotherWasFaster) {
            return read(file);
        } catch (IOException unwritable) {
            throw new StartRefused(
                    "the users of the first look cannot be kept in " + file + ": " + unwritable,
                    StartRefused.adviceToWrite(FILE, "file"),
                    unwritable);
        }
        log.info(
                "Sign in as {} with the password {} (made for this data directory, and not shown again)",
                String.join(", ", users.keySet()),
                password);
        return users;
    }

    private static String hash(String password, PasswordEncoder encoder) {
        String hash = encoder.encode(password);
        if (hash == null) {
            throw new IllegalStateException("a password has a hash");
        }
        return hash;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (CharacterCodingException noText) {
            throw new StartRefused(
                    file + ", which is to name the users, is no text in UTF-8",
                    "save it as one, or set " + FILE + " to another file",
                    noText);
        } catch (IOException unreadable) {
            throw new StartRefused(
                    file + ", which is to name the users, cannot be read: " + unreadable,
                    "have whoever runs Rapport be allowed to read it, or set " + FILE + " to another file",
                    unreadable);
        }
    }

    private static Map<String, User> read(Path file) {
        Map<String, User> users = new LinkedHashMap<>();
        List<String> lines = lines(file);
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                String[] parts = line.split(":", 3);
                if (parts.length < 3 || parts[0].isBlank() || !parts[2].startsWith("$2")) {
                    throw unusable(number, file, "is not name:ROLE,ROLE:hash with a hash by bcrypt");
                }
                if (users.put(parts[0], new User(roles(parts[1], number, file), parts[2])) != null) {
                    throw unusable(number, file, "names a user a second time");
                }
            }
        }
        return users;
    }

    private static List<Role> roles(String names, int number, Path file) {
        return Arrays.stream(names.split(",", -1))
                .map(String::strip)
                .map(name -> Arrays.stream(Role.values())
                        .filter(role -> role.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> unusable(
                                number,
                                file,
                                "names a role that there is not; these are " + Arrays.toString(Role.values()))))
                .toList();
    }

    private static StartRefused unusable(int number, Path file, String why) {
        return new StartRefused(
                "line " + number + " of " + file + " " + why, "mend the line, or set " + FILE + " to another file");
    }
}
