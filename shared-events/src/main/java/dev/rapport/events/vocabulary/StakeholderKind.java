package dev.rapport.events.vocabulary;

/**
 * What a stakeholder is to us; an {@code INTERNAL_PROVIDER} is a shared service centre.
 */
public enum StakeholderKind {
    SUPPLIER,
    PARTNER,
    CUSTOMER,
    EMPLOYEES,
    INVESTOR,
    REGULATOR,
    COMMUNITY,
    INTERNAL_PROVIDER
}
