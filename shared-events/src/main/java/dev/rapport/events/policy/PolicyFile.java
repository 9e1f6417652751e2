package dev.rapport.events.policy;

import dev.rapport.events.problem.SettingName;
import dev.rapport.events.problem.StartRefused;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads policies strictly: a field that is unknown, missing where it has to be, or there twice is a mistake that somebody would like to know of. */
public final class PolicyFile {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private PolicyFile() {}

    /** Somewhere that a policy can be read from. */
    @FunctionalInterface
    public interface Source {

        InputStream open() throws IOException;
    }

    /**
     * The policy in a file.
     *
     * @param name of the file, for whoever has to mend it
     * @param policy what the file's content says, refused as an {@link IllegalArgumentException} when it makes no sense
     * @param setting that named it
     * @throws StartRefused that names the file and says what is wrong with it
     */
    public static <F, P> P read(String name, SettingName setting, Source file, Class<F> type, Function<F, P> policy) {
        return read(name, "mend the file, or set " + setting + " to another one", file, type, policy);
    }

    /**
     * The same of a file that no setting names.
     *
     * @param advice what to do when it can't be used
     */
    static <F, P> P read(String name, String advice, Source file, Class<F> type, Function<F, P> policy) {
        try (InputStream in = file.open()) {
            return policy.apply(JSON.readValue(in, type));
        } catch (IOException | JacksonException | IllegalArgumentException bad) {
            throw new StartRefused("the policy in " + name + " can't be used: " + bad.getMessage(), advice, bad);
        }
    }
}
