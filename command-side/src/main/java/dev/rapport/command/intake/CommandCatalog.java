package dev.rapport.command.intake;

import dev.rapport.command.DomainCommand;
import dev.rapport.command.relationship.RelationshipCommand;
import dev.rapport.command.relationship.RelationshipCommand.NoteOverdueCommitment;
import dev.rapport.command.stakeholder.StakeholderCommand;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every command that may be given from outside, by its name: the sealed families are the list. */
public final class CommandCatalog {

    private final SortedMap<String, Class<? extends DomainCommand>> types = new TreeMap<>();

    public CommandCatalog() {
        Stream.of(StakeholderCommand.class, RelationshipCommand.class)
                .flatMap(CommandCatalog::records)
                .filter(type -> type != NoteOverdueCommitment.class)
                .forEach(type -> types.put(type.getSimpleName(), type.asSubclass(DomainCommand.class)));
    }

    public Optional<Class<? extends DomainCommand>> byName(String name) {
        return Optional.ofNullable(types.get(name));
    }

    /** All names with their types, in order of the names. */
    public SortedMap<String, Class<? extends DomainCommand>> all() {
        return Collections.unmodifiableSortedMap(types);
    }

    private static Stream<Class<?>> records(Class<?> type) {
        return type.isRecord()
                ? Stream.of(type)
                : Stream.of(type.getPermittedSubclasses()).flatMap(CommandCatalog::records);
    }
}
