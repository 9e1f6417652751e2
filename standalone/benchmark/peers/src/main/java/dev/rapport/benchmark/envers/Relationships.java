package dev.rapport.benchmark.envers;

import org.springframework.data.jpa.repository.JpaRepository;

/** The relationships that are kept. */
interface Relationships extends JpaRepository<KeptRelationship, String> {}
