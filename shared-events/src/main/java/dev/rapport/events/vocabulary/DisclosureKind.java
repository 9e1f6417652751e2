package dev.rapport.events.vocabulary;

/**
 * What kind of information was shared, each typical of a level.
 */
public enum DisclosureKind {
    ORDERS(Level.TRANSACTIONAL),
    INVENTORY(Level.TRANSACTIONAL),
    SALES(Level.TRANSACTIONAL),
    PROMOTIONS(Level.TRANSACTIONAL),
    INVOICES(Level.TRANSACTIONAL),
    STATUS(Level.TRANSACTIONAL),
    BENCHMARK(Level.ADDED_VALUE),
    COST_SAVINGS(Level.ADDED_VALUE),
    OPPORTUNITIES(Level.ADDED_VALUE),
    INTEGRATED_PROCESS(Level.ADDED_VALUE),
    MANAGEMENT_INFORMATION(Level.JOINT_VALUE),
    STRATEGY(Level.JOINT_VALUE),
    CAPITAL(Level.JOINT_VALUE),
    STAFF(Level.JOINT_VALUE),
    MATERIALS(Level.JOINT_VALUE),
    FACILITIES(Level.JOINT_VALUE);

    private final Level typicalOf;

    DisclosureKind(Level typicalOf) {
        this.typicalOf = typicalOf;
    }

    public Level typicalOf() {
        return typicalOf;
    }
}
