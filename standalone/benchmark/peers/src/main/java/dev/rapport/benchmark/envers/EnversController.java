package dev.rapport.benchmark.envers;

import dev.rapport.benchmark.http.Body;
import jakarta.validation.Valid;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Books what is posted. */
@RestController
@RequestMapping("/api/v1/relationships/{relationshipId}")
@ResponseStatus(HttpStatus.CREATED)
class EnversController {

    private final Bookkeeping bookkeeping;

    EnversController(Bookkeeping bookkeeping) {
        this.bookkeeping = bookkeeping;
    }

    @PostMapping("/interactions")
    Body.Done interaction(@PathVariable String relationshipId, @Valid @RequestBody Body.Interaction body) {
        bookkeeping.book(relationshipId, body);
        return new Body.Done(body.id(), relationshipId);
    }

    @PostMapping("/commitments")
    Body.Done commitment(@PathVariable String relationshipId, @Valid @RequestBody Body.Commitment body) {
        bookkeeping.book(relationshipId, body);
        return new Body.Done(body.id(), relationshipId);
    }

    @PostMapping("/commitments/{commitmentId}/fulfilments")
    Body.Done fulfilment(
            @PathVariable String relationshipId,
            @PathVariable String commitmentId,
            @Valid @RequestBody Body.Fulfilment body) {
        bookkeeping.book(relationshipId, commitmentId, body);
        return new Body.Done(commitmentId, relationshipId);
    }

    @PostMapping("/disclosures")
    Body.Done disclosure(@PathVariable String relationshipId, @Valid @RequestBody Body.Disclosure body) {
        bookkeeping.book(relationshipId, body);
        return new Body.Done(body.id(), relationshipId);
    }

    @PostMapping("/contributions")
    Body.Done contribution(@PathVariable String relationshipId, @Valid @RequestBody Body.Contribution body) {
        bookkeeping.book(relationshipId, body);
        return new Body.Done(body.id(), relationshipId);
    }
}
