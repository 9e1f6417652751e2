package dev.rapport.query.http;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import org.springframework.core.ResolvableType;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** The forms in which lists and reports leave the house, the usual one first. */
enum Representation {
    JSON("json", "application/json", ""),
    CSV("csv", "text/csv", ";header=present;charset=UTF-8"),
    NDJSON("ndjson", "application/x-ndjson", ""),
    GRAPHML("graphml", "application/graphml+xml", "");

    private final String extension;
    private final String offered;
    private final String parameters;

    Representation(String extension, String offered, String parameters) {
        this.extension = extension;
        this.offered = offered;
        this.parameters = parameters;
    }

    /** The forms of what a query returns; none when it is no list and no report. */
    static List<Representation> of(Method query) {
        Class<?> type = returnedBy(query).toClass();
        if (type != Page.class && !Report.class.isAssignableFrom(type)) {
            return List.of();
        }
        return Arrays.stream(values())
                .filter(form -> form != GRAPHML || Graph.class.isAssignableFrom(type))
                .toList();
    }

    /** The type that a query returns, out of its envelope. */
    static ResolvableType returnedBy(Method query) {
        ResolvableType type = ResolvableType.forMethodReturnType(query);
        return type.toClass() == ResponseEntity.class ? type.getGeneric() : type;
    }

    /** The type of a row of what a query returns. */
    static Type rowOf(Method query) {
        ResolvableType type = returnedBy(query);
        ResolvableType row = type.toClass() == Page.class
                ? type.getGeneric()
                : type.as(Report.class).getGeneric();
        return row.getType();
    }

    static Representation of(MediaType chosen) {
        return Arrays.stream(values())
                .filter(form -> form.offered().equalsTypeAndSubtype(chosen))
                .findFirst()
                .orElseThrow();
    }

    /** What a caller asks for. */
    MediaType offered() {
        return MediaType.parseMediaType(offered);
    }

    /** What the answer says that it is. */
    String answered() {
        return offered + parameters;
    }

    String extension() {
        return extension;
    }
}
