package dev.rapport.door;

import java.util.Map;
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

    private final HealthEndpoint health;
    private final HttpCodeStatusMapper statuses;

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
        HealthDescriptor found = health.healthForPath(group);
        Status status = found == null ? Status.UNKNOWN : found.getStatus();
        return ResponseEntity.status(found == null ? HttpStatus.NOT_FOUND.value() : statuses.getStatusCode(status))
                .body(Map.of("status", status.getCode()));
    }
}
