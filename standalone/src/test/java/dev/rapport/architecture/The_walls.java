package dev.rapport.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.all;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import dev.rapport.events.DomainEvent;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.axonframework.serialization.Revision;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;

@AnalyzeClasses(
        packages = "dev.rapport",
        importOptions = {ImportOption.DoNotIncludeTests.class, HandWritten.class})
class The_walls {

    private static final String STANDALONE = "dev.rapport";
    private static final String DOOR = "dev.rapport.door..";
    private static final String EVENTS = "dev.rapport.events..";
    private static final String STORAGE = "dev.rapport.events.storage..";
    private static final String TRUST = "dev.rapport.events.trust..";
    private static final String SEAL = "dev.rapport.events.seal..";
    private static final String POLICY_FILES = "dev.rapport.events.policy..";
    private static final String EVENT_STORE = "dev.rapport.command.eventstore..";
    private static final String ACCESS = "dev.rapport.events.access..";
    private static final String PROBLEM = "dev.rapport.events.problem..";
    private static final String SECRET = "dev.rapport.events.secret..";
    private static final String COMMAND_SIDE = "dev.rapport.command..";
    private static final String QUERY_SIDE = "dev.rapport.query..";
    private static final String CLIENT = "dev.rapport.client..";
    private static final String READ_DATABASE = "dev.rapport.query.database..";
    private static final String[] DECIDING = {"dev.rapport.command.relationship..", "dev.rapport.command.stakeholder.."
    };

    private static final Set<String> CLOCK_AND_DICE = Set.of(
            "java.time.Clock",
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.util.Date",
            "java.util.concurrent.ThreadLocalRandom",
            "java.security.SecureRandom");
    private static final Set<String> NOW_OR_RANDOM =
            Set.of("now", "currentTimeMillis", "nanoTime", "randomUUID", "random");
    private static final Pattern EMPTY_NAME = Pattern.compile(".*(Service|Manager|Helper|Utils?|Impl|Dto|DTO)");

    // 1. The sides meet only in events; nobody depends on standalone.

    @ArchTest
    static final ArchRule the_command_side_does_not_know_the_query_side = noClasses()
            .that()
            .resideInAPackage(COMMAND_SIDE)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(QUERY_SIDE);

    @ArchTest
    static final ArchRule the_query_side_does_not_know_the_command_side = noClasses()
            .that()
            .resideInAPackage(QUERY_SIDE)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(COMMAND_SIDE);

    @ArchTest
    static final ArchRule nobody_depends_on_standalone = noClasses()
            .that()
            .resideInAnyPackage(EVENTS, DOOR, COMMAND_SIDE, QUERY_SIDE)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(STANDALONE);

    // The client is somebody else's program: it knows the interface, and of ours only what judges evidence.

    @ArchTest
    static final ArchRule the_client_knows_nothing_of_ours_but_the_seal = classes()
            .that()
            .resideInAPackage(CLIENT)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "javax.net.ssl..",
                    "picocli..",
                    "tools.jackson.core..",
                    "org.jspecify.annotations..",
                    SEAL,
                    CLIENT);

    @ArchTest
    static final ArchRule nobody_depends_on_the_client = noClasses()
            .that()
            .resideOutsideOfPackage(CLIENT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(CLIENT);

    // The door stands before the sides: it knows neither of them, and of the events only who may ask for what,
    // problems, and how secrets are kept.

    @ArchTest
    static final ArchRule the_door_knows_operations_problems_and_how_secrets_are_kept = noClasses()
            .that()
            .resideInAPackage(DOOR)
            .should()
            .dependOnClassesThat(
                    resideInAPackage("dev.rapport..").and(not(resideInAnyPackage(DOOR, ACCESS, PROBLEM, SECRET))));

    @ArchTest
    static final ArchRule the_door_keeps_nothing_and_follows_no_log = noClasses()
            .that()
            .resideInAPackage(DOOR)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.axonframework..", "org.springframework.transaction..", "org.flywaydb..");

    @ArchTest
    static final ArchRule the_door_is_known_to_applications_and_to_what_speaks_http = noClasses()
            .that(resideInAnyPackage(EVENTS, COMMAND_SIDE, QUERY_SIDE)
                    .and(not(resideInAPackage("..http..")))
                    .and(not(annotatedWith(SpringBootConfiguration.class))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(DOOR);

    // 2. Events know Java, Jackson's annotations, @Revision and JSpecify.

    @ArchTest
    static final ArchRule events_know_nothing_but_java_and_three_kinds_of_annotations = classes()
            .that(resideInAPackage(EVENTS).and(not(resideInAnyPackage(STORAGE, TRUST, POLICY_FILES))))
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                            "java..", "com.fasterxml.jackson.annotation..", "org.jspecify.annotations..", EVENTS)
                    .and(not(resideInAPackage(STORAGE)))
                    .or(name(Revision.class.getName())));

    // 6. The trust model is plain arithmetic; of the beta distribution, a library knows more than we do.

    @ArchTest
    static final ArchRule the_trust_model_knows_events_and_numbers = classes()
            .that()
            .resideInAPackage(TRUST)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                            "java.lang..",
                            "java.math..",
                            "java.time..",
                            "java.util..",
                            "org.jspecify.annotations..",
                            "org.apache.commons.numbers.gamma..",
                            EVENTS)
                    .and(not(resideInAnyPackage(STORAGE, PROBLEM, POLICY_FILES))));

    @ArchTest
    static final ArchRule policies_are_files_of_json = classes()
            .that()
            .resideInAPackage(POLICY_FILES)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..", "tools.jackson..", "org.jspecify.annotations..", TRUST, PROBLEM, POLICY_FILES);

    @ArchTest
    static final ArchRule the_catalogue_of_problems_is_plain_java = classes()
            .that()
            .resideInAPackage(PROBLEM)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify.annotations..", PROBLEM);

    @ArchTest
    static final ArchRule the_seal_runs_on_a_jre_alone = classes()
            .that()
            .resideInAPackage(SEAL)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java.lang..",
                    "java.io..",
                    "java.nio..",
                    "java.security..",
                    "java.time..",
                    "java.util..",
                    "org.jspecify.annotations..",
                    SEAL);

    // 3. Every event is a top-level record; every package is @NullMarked.

    @ArchTest
    static final ArchRule every_event_is_a_top_level_record_with_a_revision = classes()
            .that()
            .implement(DomainEvent.class)
            .and()
            .areNotInterfaces()
            .should()
            .beRecords()
            .andShould()
            .beTopLevelClasses()
            .andShould()
            .resideInAPackage("dev.rapport.events")
            .andShould()
            .beAnnotatedWith(Revision.class);

    @ArchTest
    static final ArchRule every_package_is_null_marked =
            all(Packages.packages()).should(Packages.beNullMarked());

    // 4. Aggregates and policies: time and ids come in with the command.

    @ArchTest
    static final ArchRule deciding_needs_no_spring_no_web_and_no_sql = noClasses()
            .that(resideInAnyPackage(DECIDING).and(not(named("Configuration"))))
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "org.springframework..",
                    "jakarta.servlet..",
                    "java.sql..",
                    "javax.sql..",
                    "org.jooq..",
                    "java.net.."));

    @ArchTest
    static final ArchRule deciding_needs_no_clock_and_no_randomness = noClasses()
            .that()
            .resideInAnyPackage(DECIDING)
            .should()
            .accessTargetWhere(describe("tell the time or throw dice", The_walls::isLeftToChance));

    // 5. The technique is visible in the name. (query.database is to the read side what events.storage is to the
    // events.)

    @ArchTest
    static final ArchRule http_is_spoken_only_where_the_name_says_so = noClasses()
            .that(are(not(named("Controller", "Endpoint", "Interceptor", "Configuration"))
                    .and(not(resideInAnyPackage("..http..", DOOR)))))
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "org.springframework.web..", "org.springframework.http..", "jakarta.servlet..", "java.net.http.."));

    @ArchTest
    static final ArchRule sql_is_spoken_only_by_tables_and_the_wiring_of_databases = noClasses()
            .that(are(not(named("Table", "Configuration"))
                    .and(not(resideInAnyPackage(STORAGE, EVENT_STORE, READ_DATABASE)))))
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "java.sql..",
                    "javax.sql..",
                    "org.jooq..",
                    "org.springframework.jdbc..",
                    "org.springframework.r2dbc..",
                    "dev.rapport.query.jooq.."));

    // 7. Constructor injection; no static mutable state. And names that say what a class is for.

    @ArchTest
    static final ArchRule nothing_is_injected_but_by_the_constructor = noFields()
            .should()
            .beAnnotatedWith(Autowired.class)
            .orShould()
            .beAnnotatedWith(Value.class)
            .orShould()
            .beAnnotatedWith("jakarta.inject.Inject")
            .orShould()
            .beAnnotatedWith("jakarta.annotation.Resource");

    @ArchTest
    static final ArchRule nothing_is_injected_by_a_setter = methods()
            .should()
            .notBeAnnotatedWith(Autowired.class)
            .andShould()
            .notBeAnnotatedWith("jakarta.inject.Inject")
            .andShould()
            .notBeAnnotatedWith("jakarta.annotation.Resource");

    @ArchTest
    static final ArchRule nothing_static_can_change = fields().that()
            .areStatic()
            .and()
            .doNotHaveModifier(JavaModifier.SYNTHETIC)
            .should()
            .beFinal()
            .andShould()
            .notHaveRawType(resideInAPackage("java.util.concurrent.."))
            .andShould()
            .notHaveRawType(describe("arrays", JavaClass::isArray));

    @ArchTest
    static final ArchRule names_say_what_a_class_is_for =
            noClasses().should(ArchCondition.from(describe("have a name that says nothing", The_walls::saysNothing)));

    private static boolean isLeftToChance(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        return CLOCK_AND_DICE.contains(owner)
                || owner.startsWith("com.fasterxml.uuid.")
                || owner.startsWith("java.util.random.")
                || (owner.startsWith("java.")
                        && NOW_OR_RANDOM.contains(access.getTarget().getName()));
    }

    /** By the name of the file's class: what is nested belongs to it. */
    private static DescribedPredicate<JavaClass> named(String... endings) {
        return describe("named *" + String.join(", *", endings), javaClass -> {
            String outermost = outermost(javaClass).getSimpleName();
            return Set.of(endings).stream().anyMatch(outermost::endsWith);
        });
    }

    private static JavaClass outermost(JavaClass javaClass) {
        return javaClass.getEnclosingClass().map(The_walls::outermost).orElse(javaClass);
    }

    private static boolean saysNothing(JavaClass javaClass) {
        Matcher name = EMPTY_NAME.matcher(javaClass.getSimpleName());
        return name.matches()
                && !isFrameworks(javaClass, name.group(1))
                && !isAboutTheRelationshipManager(javaClass, name.group(1));
    }

    /** What implements a framework's manager may be called one. */
    private static boolean isFrameworks(JavaClass javaClass, String word) {
        return javaClass.getAllRawInterfaces().stream()
                .filter(type -> !type.getPackageName().startsWith("dev.rapport"))
                .anyMatch(type -> type.getSimpleName().endsWith(word));
    }

    /** A value that ends on this word means the domain's relationship manager. */
    private static boolean isAboutTheRelationshipManager(JavaClass javaClass, String word) {
        return javaClass.isRecord() && word.equals("Manager");
    }
}
