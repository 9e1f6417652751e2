package dev.rapport.events.vocabulary;

import java.math.BigDecimal;

/**
 * One dimension of an alignment assessment, scored 0-100 from three views: what the records show, what we believe,
 * and what the stakeholder says.
 */
public record AlignmentDimension(
        String name, BigDecimal self, BigDecimal selfPerception, BigDecimal externalPerception) {}
