package dev.rapport.journey;

import static dev.rapport.journey.Client.fields;
import static org.assertj.core.api.Assertions.assertThat;

/** Makes the relationships that a journey begins with. */
final class Network {

    private final Client head;

    Network(Client head) {
        this.head = head;
    }

    /** Registers a stakeholder and establishes a relationship with it, both under the id. */
    String relationship(String id, String manager) {
        assertThat(head.command("/stakeholders", fields("id", id, "name", id, "kind", "SUPPLIER", "group", "parts"))
                        .status())
                .isEqualTo(201);
        assertThat(head.command("/relationships", fields("id", id, "stakeholderId", id, "managerId", manager))
                        .status())
                .isEqualTo(201);
        return "/relationships/" + id;
    }
}
