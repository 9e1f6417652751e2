package dev.rapport.events;

/** Everything that can happen in Rapport. The stored form of each is public: it changes only by a new revision with an upcaster. */
public sealed interface DomainEvent permits StakeholderEvent, RelationshipEvent {

    /** The stream that the event is stored in. */
    StreamName stream();
}
