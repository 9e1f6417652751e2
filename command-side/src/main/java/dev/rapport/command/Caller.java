package dev.rapport.command;

/** Who gives a command, and in which role. */
public record Caller(String subject, Role role) {

    /** The roles that commands know; the roles that only read are none of this side's business. */
    public enum Role {
        RELATIONSHIP_MANAGER,
        HEAD_OF_RELATIONSHIPS
    }

    public boolean isHead() {
        return role == Role.HEAD_OF_RELATIONSHIPS;
    }
}
