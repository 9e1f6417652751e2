package dev.rapport.query.access;

/** The roles of the contract. */
public enum Role {
    RELATIONSHIP_MANAGER,
    HEAD_OF_RELATIONSHIPS,
    AUDITOR,
    REPORTER,
    OPERATOR
}
