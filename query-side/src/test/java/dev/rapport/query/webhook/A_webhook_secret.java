package dev.rapport.query.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class A_webhook_secret {

    @Test
    void signs_as_the_published_example_of_the_specification_does() {
        var secret = new WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        assertThat(secret.sign(
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        1_614_265_330,
                        "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void is_made_of_32_random_bytes() {
        String one = WebhookSecret.random(new SecureRandom()).value();

        assertThat(one).startsWith("whsec_");
        assertThat(Base64.getDecoder().decode(one.substring(6))).hasSize(32);
        assertThat(WebhookSecret.random(new SecureRandom()).value()).isNotEqualTo(one);
    }

    @Test
    void is_not_told_by_accident() {
        var secret = WebhookSecret.random(new SecureRandom());

        assertThat(secret.toString()).isEqualTo("whsec_***");
    }
}
