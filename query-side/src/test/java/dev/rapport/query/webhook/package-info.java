/** What webhooks are made of: secrets and addresses. */
package dev.rapport.query.webhook;
