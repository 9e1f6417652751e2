/** The query side as its callers see it: events go in at one end, answers come out over HTTP at the other. */
package dev.rapport.query;
