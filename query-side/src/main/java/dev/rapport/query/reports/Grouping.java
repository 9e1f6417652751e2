package dev.rapport.query.reports;

import dev.rapport.query.http.Spelled;

/** What a report puts together: the relationships of a manager, with a group or kind of stakeholders, or of a declared level. */
enum Grouping implements Spelled {
    MANAGER("manager"),
    GROUP("group"),
    KIND("kind"),
    LEVEL("level");

    private final String spelling;

    Grouping(String spelling) {
        this.spelling = spelling;
    }

    @Override
    public String spelling() {
        return spelling;
    }
}
