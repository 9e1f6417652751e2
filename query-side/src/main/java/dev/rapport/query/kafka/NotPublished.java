package dev.rapport.query.kafka;

/** Kafka does not have all of some events. */
final class NotPublished extends RuntimeException {

    private final int acknowledged;

    /** @param acknowledged how many of the first ones it has */
    NotPublished(int acknowledged, Throwable cause) {
        super(cause.getClass().getSimpleName() + ": " + cause.getMessage(), cause);
        this.acknowledged = acknowledged;
    }

    int acknowledged() {
        return acknowledged;
    }
}
