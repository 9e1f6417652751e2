package dev.rapport.query.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How one signs in here, for a page that nobody has signed in at yet.
 *
 * @param way by a name and a password, or at an issuer of tokens, which the other fields are about
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SignIn(
        Way way,
        @Nullable String issuer,
        @Nullable String clientId,
        @Nullable String scope) {

    enum Way {
        PASSWORD,
        ISSUER
    }

    static SignIn withPassword() {
        return new SignIn(Way.PASSWORD, null, null, null);
    }

    static SignIn at(String issuer, ConsoleProperties properties) {
        return new SignIn(Way.ISSUER, issuer, properties.clientId(), properties.scope());
    }
}
