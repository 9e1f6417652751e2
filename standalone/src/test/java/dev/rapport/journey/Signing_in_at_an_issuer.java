package dev.rapport.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.http.NettyWrapper;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Where an issuer of tokens is named, the console signs in there: authorization code flow with PKCE. */
@ExtendWith(NeedsChromium.class)
class Signing_in_at_an_issuer {

    private static final String ISSUER = "rapport";

    @TempDir
    private Path data;

    @Test
    void comes_back_to_where_one_wanted_to_go_with_a_token_in_no_address() {
        MockOAuth2Server issuer = new MockOAuth2Server(
                new OAuth2Config(false, null, null, false, new OAuth2TokenProvider(), Set.of(), new NettyWrapper()));
        issuer.start();
        issuer.enqueueCallback(new DefaultOAuth2TokenCallback(
                ISSUER, "anna", "JWT", List.of("rapport"), Map.of("roles", List.of("HEAD_OF_RELATIONSHIPS")), 3600));
        try (RunningRapport rapport = RunningRapport.in(
                        data,
                        Map.of(
                                "spring.security.oauth2.resourceserver.jwt.issuer-uri",
                                issuer.issuerUrl(ISSUER).toString()));
                Chromium chromium = Chromium.start();
                Window window = chromium.window(rapport.address())) {
            List<Request> asked = new CopyOnWriteArrayList<>();
            window.page().context().onRequest(asked::add);
            window.open("/console/reports?report=mismatches");
            assertThat(window.page().getByLabel("Password")).hasCount(0);
            window.button("Sign in with your organization").click();

            assertThat(window.page().getByRole(AriaRole.BANNER)).containsText("anna");
            assertThat(window.page()).hasURL(Pattern.compile("/console/reports\\?report=mismatches$"));
            assertThat(asked)
                    .anyMatch(request -> request.url().contains("/authorize?")
                            && request.url().contains("code_challenge_method=S256")
                            && request.url().contains("state="));
            assertThat(asked)
                    .anyMatch(request -> request.url().endsWith("/token")
                            && request.postData().contains("code_verifier="));
            assertThat(asked).noneMatch(request -> request.url().contains("eyJ"));
            assertThat(window.faults()).isEmpty();

            for (String unasked : List.of("code=stolen", "error=access_denied&error_description=Call+me")) {
                window.page().navigate("/console/signed-in?state=somebody-elses&" + unasked);
                assertThat(window.page().getByRole(AriaRole.BANNER)).containsText("anna");
                assertThat(window.page()).hasURL(rapport.address() + "/");
                assertThat(window.page().getByText("Call me")).hasCount(0);
            }
        } finally {
            issuer.shutdown();
        }
    }
}
