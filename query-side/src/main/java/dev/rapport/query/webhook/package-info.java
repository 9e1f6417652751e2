/** Webhooks: the feed of events, delivered to receivers that an operator has named, each event at least once and in order. */
@NullMarked
package dev.rapport.query.webhook;

import org.jspecify.annotations.NullMarked;
