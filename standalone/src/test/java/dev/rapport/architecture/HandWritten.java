package dev.rapport.architecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/** Leaves out what the build makes: jOOQ's classes are as jOOQ makes them. */
final class HandWritten implements ImportOption {

    @Override
    public boolean includes(Location location) {
        return !location.contains("/dev/rapport/query/jooq/");
    }
}
