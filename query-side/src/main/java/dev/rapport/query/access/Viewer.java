package dev.rapport.query.access;

import dev.rapport.events.access.Role;
import dev.rapport.events.vocabulary.ManagerId;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/** Who asks a query, and with it what the answer may show. Several roles see what any of them sees. */
public record Viewer(String subject, Set<Role> roles) {

    private static final String PREFIX = "ROLE_";

    private static final Set<Role> SEEING_ALL = EnumSet.of(Role.HEAD_OF_RELATIONSHIPS, Role.AUDITOR, Role.REPORTER);
    private static final Set<Role> READING_ALL = EnumSet.of(Role.HEAD_OF_RELATIONSHIPS, Role.AUDITOR);

    public Viewer {
        roles = Set.copyOf(roles);
    }

    public static Viewer of(Authentication authentication) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (GrantedAuthority authority : authentication.getAuthorities()) {
            for (Role role : Role.values()) {
                if ((PREFIX + role).equals(authority.getAuthority())) {
                    roles.add(role);
                }
            }
        }
        return new Viewer(authentication.getName(), roles);
    }

    /** Whether any business data may be shown at all. */
    public boolean seesBusiness() {
        return seesEveryRelationship() || roles.contains(Role.RELATIONSHIP_MANAGER);
    }

    /** Whether relationships are shown whoever manages them; a viewer who sees none of this sees the own ones. */
    public boolean seesEveryRelationship() {
        return sharesARole(SEEING_ALL);
    }

    /** Whether a relationship is shown that this manager has now. */
    public boolean sees(ManagerId manager) {
        return seesEveryRelationship() || manages(manager);
    }

    /** Whether what was said in interactions, and by whom, may be shown, for a relationship that this manager has now. */
    public boolean readsInteractionsOf(ManagerId manager) {
        return sharesARole(READING_ALL) || manages(manager);
    }

    /** Whether the audit area may be read. */
    public boolean audits() {
        return roles.contains(Role.AUDITOR);
    }

    /** Whether what may be shown of a relationship depends on who manages it. */
    public boolean dependsOnManagers() {
        return roles.contains(Role.RELATIONSHIP_MANAGER) && !sharesARole(READING_ALL);
    }

    private boolean manages(ManagerId manager) {
        return roles.contains(Role.RELATIONSHIP_MANAGER) && manager.value().equals(subject);
    }

    private boolean sharesARole(Set<Role> others) {
        return roles.stream().anyMatch(others::contains);
    }
}
