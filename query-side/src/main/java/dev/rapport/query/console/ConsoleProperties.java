package dev.rapport.query.console;

import java.net.URI;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the console is to an issuer of tokens, when there is one.
 *
 * @param clientId the public client that the console signs in as, by the authorization code flow with PKCE
 * @param scope the scopes that it asks for, separated by spaces
 * @param alsoConnectTo origins that the browser may talk to besides ours and the issuer's, for an issuer whose token endpoint has another
 *     one
 */
@ConfigurationProperties("rapport.console")
record ConsoleProperties(
        @DefaultValue("rapport-console") String clientId,
        @DefaultValue("openid") String scope,
        @DefaultValue List<URI> alsoConnectTo) {}
