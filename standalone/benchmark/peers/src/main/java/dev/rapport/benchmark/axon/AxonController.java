package dev.rapport.benchmark.axon;

import dev.rapport.benchmark.axon.Order.FulfilCommitment;
import dev.rapport.benchmark.axon.Order.LogInteraction;
import dev.rapport.benchmark.axon.Order.RecordCommitment;
import dev.rapport.benchmark.axon.Order.RecordContribution;
import dev.rapport.benchmark.axon.Order.RecordDisclosure;
import dev.rapport.benchmark.http.Body;
import jakarta.validation.Valid;
import java.security.Principal;
import java.time.Instant;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.MetaData;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Makes a command of what is posted and waits for it. */
@RestController
@RequestMapping("/api/v1/relationships/{relationshipId}")
@ResponseStatus(HttpStatus.CREATED)
class AxonController {

    private final CommandGateway gateway;

    AxonController(CommandGateway gateway) {
        this.gateway = gateway;
    }

    @PostMapping("/interactions")
    Body.Done interaction(
            @PathVariable String relationshipId, @Valid @RequestBody Body.Interaction body, Principal caller) {
        return send(
                body.id(),
                new LogInteraction(
                        relationshipId,
                        body.id(),
                        body.channel(),
                        body.summary(),
                        body.participants(),
                        body.sentiment()),
                caller);
    }

    @PostMapping("/commitments")
    Body.Done commitment(
            @PathVariable String relationshipId, @Valid @RequestBody Body.Commitment body, Principal caller) {
        return send(
                body.id(),
                new RecordCommitment(relationshipId, body.id(), body.madeBy(), body.statement(), body.dueOn()),
                caller);
    }

    @PostMapping("/commitments/{commitmentId}/fulfilments")
    Body.Done fulfilment(
            @PathVariable String relationshipId,
            @PathVariable String commitmentId,
            @Valid @RequestBody Body.Fulfilment body,
            Principal caller) {
        return send(commitmentId, new FulfilCommitment(relationshipId, commitmentId, body.note()), caller);
    }

    @PostMapping("/disclosures")
    Body.Done disclosure(
            @PathVariable String relationshipId, @Valid @RequestBody Body.Disclosure body, Principal caller) {
        return send(
                body.id(),
                new RecordDisclosure(relationshipId, body.id(), body.madeBy(), body.kind(), body.subject()),
                caller);
    }

    @PostMapping("/contributions")
    Body.Done contribution(
            @PathVariable String relationshipId, @Valid @RequestBody Body.Contribution body, Principal caller) {
        return send(
                body.id(), new RecordContribution(relationshipId, body.id(), body.givenBy(), body.statement()), caller);
    }

    private Body.Done send(String id, Order order, Principal caller) {
        gateway.sendAndWait(
                order,
                MetaData.with("subject", caller.getName())
                        .and("role", "HEAD_OF_RELATIONSHIPS")
                        .and("occurredAt", Instant.now().toString()));
        return new Body.Done(id, order.relationshipId());
    }
}
