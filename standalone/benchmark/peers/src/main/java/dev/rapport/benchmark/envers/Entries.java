package dev.rapport.benchmark.envers;

import org.springframework.data.jpa.repository.JpaRepository;

/** The entries that are kept. */
interface Entries extends JpaRepository<KeptEntry, String> {}
