package dev.rapport.door;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who callers are.
 *
 * @param audience what a token has to be made out to
 * @param subjectClaim the claim that names the caller, for good and for nobody else; managers of relationships are assigned by it
 * @param rolesClaim where in a token the roles are: a claim, or the way to one inside others, such as {@code realm_access.roles}
 * @param usersFile the local users, when no issuer is named
 * @param usersMade whether a file that is missing is made, with the users of the first look
 * @param trustedNetwork nobody but this machine reaches the address that Rapport listens on, although it is no loopback address, as in a
 *     container that is published on the host's
 */
@ConfigurationProperties("rapport.identity")
record IdentityProperties(
        @DefaultValue("rapport") String audience,
        @DefaultValue("sub") String subjectClaim,
        @DefaultValue("roles") String rolesClaim,
        @Nullable Path usersFile,
        @DefaultValue("false") boolean usersMade,
        @DefaultValue("false") boolean trustedNetwork) {}
