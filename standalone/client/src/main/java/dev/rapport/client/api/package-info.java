/** What the OpenAPI document says: which commands and lists there are, and what form a command has. */
@NullMarked
package dev.rapport.client.api;

import org.jspecify.annotations.NullMarked;
