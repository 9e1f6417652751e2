package dev.rapport.door;

import dev.rapport.events.problem.SettingName;
import dev.rapport.events.problem.StartRefused;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.core.env.PropertyResolver;

/**
 * What has no default because only whoever runs a process can know it.
 *
 * @param what it is, in words
 * @param names of settings, of which one is enough
 * @param begins what its value has to begin with, so that several processes can share it; empty when anything will do
 * @param example a value
 */
public record RequiredSetting(String what, List<String> names, String begins, String example) {

    /** How callers are known. */
    public static final RequiredSetting CALLERS = new RequiredSetting(
            "who callers are",
            List.of(
                    "spring.security.oauth2.resourceserver.jwt.issuer-uri",
                    "rapport.identity.users-file",
                    "rapport.demo.password"),
            "",
            "the address of an OpenID Connect issuer, or a file of local users");

    /** What the keys of personal data are wrapped by. */
    public static final RequiredSetting MASTER_KEY = new RequiredSetting(
            "what the keys of personal data are wrapped by",
            List.of("rapport.master-key", "rapport.master-key-file"),
            "",
            "32 random bytes in Base64 (openssl rand -base64 32), or a file that holds them; the same for every"
                    + " process");

    /** The database that events are kept in: one that several processes can share. */
    public static final RequiredSetting EVENT_DATABASE = database("the event database", "rapport.events.url", "events");

    public RequiredSetting {
        names = List.copyOf(names);
    }

    /** A database on PostgreSQL. */
    public static RequiredSetting database(String what, String url, String example) {
        return new RequiredSetting(
                "where " + what + " is",
                List.of(url),
                "jdbc:postgresql:",
                "jdbc:postgresql://localhost/rapport_" + example);
    }

    static void demand(List<RequiredSetting> needs, PropertyResolver settings) {
        List<RequiredSetting> unmet =
                needs.stream().filter(need -> !need.isMetBy(settings)).toList();
        if (!unmet.isEmpty()) {
            throw new StartRefused(
                    unmet.stream().map(need -> need.complaint(settings)).collect(Collectors.joining("\n")),
                    unmet.stream().map(RequiredSetting::advice).collect(Collectors.joining("\n")));
        }
    }

    private boolean isMetBy(PropertyResolver settings) {
        return names.stream()
                .map(name -> settings.getProperty(name, ""))
                .anyMatch(value -> !value.isBlank() && value.startsWith(begins));
    }

    /** Without the value, which may have a password in it. */
    private String complaint(PropertyResolver settings) {
        return names.stream().allMatch(name -> settings.getProperty(name, "").isBlank())
                ? "Nothing says " + what + "."
                : "What " + String.join(", ", names) + " says does not begin with " + begins
                        + ", as a database does that several processes can share.";
    }

    private String advice() {
        return "Set " + SettingName.joined(", or ", names) + ": " + example + ".";
    }
}
