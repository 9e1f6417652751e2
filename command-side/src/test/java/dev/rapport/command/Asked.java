package dev.rapport.command;

import dev.rapport.command.Caller.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes the circumstances of a command: given now, about now, on any version, unless the test says otherwise. */
public record Asked(
        Caller caller,
        Instant occurredAt,
        Instant receivedAt,
        @Nullable Long expectedVersion,
        boolean imported) {

    public static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
    public static final String MANAGER = "manager1";
    public static final String HEAD = "head";

    public static Asked byTheManager() {
        return by(MANAGER);
    }

    /** By a relationship manager of that name. */
    public static Asked by(String subject) {
        return new Asked(new Caller(subject, Role.RELATIONSHIP_MANAGER), NOW, NOW, null, false);
    }

    public static Asked byAHead() {
        return new Asked(new Caller(HEAD, Role.HEAD_OF_RELATIONSHIPS), NOW, NOW, null, false);
    }

    /** It happens and is told at the same moment. */
    public Asked at(Instant moment) {
        return new Asked(caller, moment, moment, expectedVersion, imported);
    }

    /** It happened at an earlier moment than it is told. */
    public Asked about(Instant moment) {
        return new Asked(caller, moment, receivedAt, expectedVersion, imported);
    }

    public Asked expecting(long version) {
        return new Asked(caller, occurredAt, receivedAt, version, imported);
    }

    public Asked inAnImport() {
        return new Asked(caller, occurredAt, receivedAt, expectedVersion, true);
    }

    public Circumstances circumstances() {
        return new Circumstances(caller, occurredAt, receivedAt, expectedVersion, imported);
    }
}
