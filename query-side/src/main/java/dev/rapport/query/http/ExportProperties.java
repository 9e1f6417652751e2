package dev.rapport.query.http;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How lists and reports leave the house as a whole.
 *
 * @param atOnce how many exports run at the same time at most: each keeps a connection to the read database, and the rows of its moment
 */
@ConfigurationProperties("rapport.exports")
record ExportProperties(@DefaultValue("4") int atOnce) {

    ExportProperties {
        if (atOnce < 1) {
            throw new IllegalArgumentException("rapport.exports.at-once has to be at least 1, not " + atOnce);
        }
    }
}
