/** The feed of events, published to a topic of Apache Kafka, where the profile {@code kafka} says so. */
@NullMarked
package dev.rapport.query.kafka;

import org.jspecify.annotations.NullMarked;
