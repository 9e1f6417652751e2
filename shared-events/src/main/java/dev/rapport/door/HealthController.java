package dev.rapport.door;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.HttpCodeStatusMapper;
import org.springframework.boot.health.contributor.Status;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Whether Rapport is ready and alive, told on the port of the API to everybody: who sends requests there asks there whether it may. Everything
 * else of the kind has the port of management.
 */
@RestController
class HealthController {

    static final String READINESS = "/actuator/health/readiness";
    static final String LIVENESS = "/actuator/health/liveness";

    private static final Duration REMEMBERED = Duration.ofSeconds(1);

    private final HealthEndpoint health;
    private final HttpCodeStatusMapper statuses;
    private final Map<String, Told> told = new ConcurrentHashMap<>();

    private record Told(int status, String code, long at) {

        boolean isOfNow() {
            return System.nanoTime() - at < REMEMBERED.toNanos();
        }
    }

    HealthController(HealthEndpoint health, HttpCodeStatusMapper statuses) {
        this.health = health;
        this.statuses = statuses;
    }

    @GetMapping(READINESS)
    ResponseEntity<Map<String, String>> readiness() {
        return of("readiness");
    }

    @GetMapping(LIVENESS)
    ResponseEntity<Map<String, String>> liveness() {
        return of("liveness");
    }

    /** Without what it rests on, which is nobody's business here. */
    private ResponseEntity<Map<String, String>> of(String group) {
        // everybody may ask, as often as they like, and it can take a question to a database to know
        Told now = Objects.requireNonNull(
                told.compute(group, (_, before) -> before != null && before.isOfNow() ? before : find(group)));
        return ResponseEntity.status(now.status).body(Map.of("status", now.code));
    }

    private Told find(String group) {
        HealthDescriptor found = health.healthForPath(group);
        Status status = found == null ? Status.UNKNOWN : found.getStatus();
        return new Told(
                found == null ? HttpStatus.NOT_FOUND.value() : statuses.getStatusCode(status),
                status.getCode(),
                System.nanoTime());
    }
}
