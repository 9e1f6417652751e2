package dev.rapport.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.AbstractClassesTransformer;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ClassesTransformer;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/** Rules about packages as such. */
final class Packages {

    /** All packages that hold a class. */
    static ClassesTransformer<JavaPackage> packages() {
        return new AbstractClassesTransformer<>("packages") {
            @Override
            public Iterable<JavaPackage> doTransform(JavaClasses classes) {
                Set<JavaPackage> packages = new LinkedHashSet<>();
                classes.stream().map(JavaClass::getPackage).forEach(packages::add);
                return packages;
            }
        };
    }

    static ArchCondition<JavaPackage> beNullMarked() {
        return new ArchCondition<>("be @NullMarked") {
            @Override
            public void check(JavaPackage checked, ConditionEvents events) {
                boolean marked = checked.tryGetPackageInfo()
                        .filter(info -> info.isAnnotatedWith(NullMarked.class))
                        .isPresent();
                events.add(new SimpleConditionEvent(
                        checked, marked, checked.getName() + (marked ? " is" : " is not") + " @NullMarked"));
            }
        };
    }

    private Packages() {}
}
