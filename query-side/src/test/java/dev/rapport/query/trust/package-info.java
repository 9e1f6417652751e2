/** Trust policies, without a database. */
package dev.rapport.query.trust;
