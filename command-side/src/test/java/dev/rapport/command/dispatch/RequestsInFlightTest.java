package dev.rapport.command.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.command.Await;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Requests with one key pass one at a time. */
class RequestsInFlightTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @Nested
    class A_request_with_a_key {

        @Test
        void has_its_turn_when_no_other_one_is_under_way() {
            RequestsInFlight requests = new RequestsInFlight(LONG);
            try (RequestsInFlight.Turn turn = requests.enter("K-1")) {
                assertThat(turn.taken()).isTrue();
            }
        }

        @Test
        void does_not_wait_for_one_with_another_key() {
            RequestsInFlight requests = new RequestsInFlight(LONG);
            try (RequestsInFlight.Turn _ = requests.enter("K-1");
                    RequestsInFlight.Turn turn = requests.enter("K-2")) {
                assertThat(turn.taken()).isTrue();
            }
        }

        @Test
        void waits_for_the_one_under_way_and_then_has_its_turn() {
            RequestsInFlight requests = new RequestsInFlight(LONG);
            CompletableFuture<Boolean> second;
            Thread waiting;
            try (RequestsInFlight.Turn _ = requests.enter("K-1")) {
                CompletableFuture<Boolean> taken = new CompletableFuture<>();
                waiting = Thread.ofPlatform().start(() -> {
                    try (RequestsInFlight.Turn turn = requests.enter("K-1")) {
                        taken.complete(turn.taken());
                    }
                });
                second = taken;
                Await.until("the second waits", () -> waiting.getState() == Thread.State.TIMED_WAITING);
                assertThat(second).isNotDone();
            }
            assertThat(second.join()).isTrue();
        }

        @Test
        void gives_up_in_the_end() {
            RequestsInFlight requests = new RequestsInFlight(Duration.ofMillis(1));
            try (RequestsInFlight.Turn _ = requests.enter("K-1");
                    RequestsInFlight.Turn second = requests.enter("K-1")) {
                assertThat(second.taken()).isFalse();
            }
        }

        @Test
        void that_gave_up_does_not_end_the_turn_of_the_other() {
            RequestsInFlight requests = new RequestsInFlight(Duration.ofMillis(1));
            try (RequestsInFlight.Turn _ = requests.enter("K-1")) {
                requests.enter("K-1").close();
                try (RequestsInFlight.Turn third = requests.enter("K-1")) {
                    assertThat(third.taken()).isFalse();
                }
            }
        }

        @Test
        void leaves_nothing_behind() {
            RequestsInFlight requests = new RequestsInFlight(Duration.ofMillis(1));
            requests.enter("K-1").close();
            try (RequestsInFlight.Turn next = requests.enter("K-1")) {
                assertThat(next.taken()).isTrue();
            }
        }
    }
}
