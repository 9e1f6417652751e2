/** What entries say, worked out. */
package dev.rapport.query.http;
