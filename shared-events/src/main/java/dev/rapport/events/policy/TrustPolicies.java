package dev.rapport.events.policy;

import dev.rapport.events.problem.SettingName;
import dev.rapport.events.problem.StartRefused;
import dev.rapport.events.trust.TrustModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The trust policies that there are, by name: those that ship, and those of a folder. Evidence is kept as it is, so that any of them can
 * score it at any time.
 */
public final class TrustPolicies {

    private static final List<String> SHIPPED = List.of("prudent.json", "published.json");

    private static final SettingName USUAL = new SettingName("rapport.trust.policy");
    private static final SettingName FOLDER = new SettingName("rapport.trust.policies");

    private final SortedMap<String, TrustModel> models = new TreeMap<>();
    private final String usual;

    /**
     * The policies that ship and, when there is one, those of a folder.
     *
     * @param usual the name of the policy that is used unless somebody asks for another
     * @throws StartRefused when a file can't be used, two policies have the same name, or none has the usual one
     */
    public TrustPolicies(String usual, @Nullable Path folder) {
        for (String file : SHIPPED) {
            // no setting has another one read in its place
            add(file, "install Rapport anew: this file is a part of it", () -> shipped(file));
        }
        if (folder != null) {
            addAll(folder);
        }
        this.usual = usual;
        if (!models.containsKey(usual)) {
            throw new StartRefused(
                    "there is no trust policy " + usual, "set " + USUAL + " to one of these: " + names());
        }
    }

    private static InputStream shipped(String file) {
        return Objects.requireNonNull(
                TrustPolicies.class.getResourceAsStream("/policies/trust/" + file), "policies ship with Rapport");
    }

    private void addAll(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
            String advice = "mend the file, or take it out of the folder that " + FOLDER + " names";
            files.forEach(file -> add(file.toString(), advice, () -> Files.newInputStream(file)));
        } catch (IOException away) {
            throw new StartRefused(
                    "the folder of trust policies can't be read: " + away, "set " + FOLDER + " to one that can", away);
        }
    }

    private void add(String file, String advice, PolicyFile.Source source) {
        TrustModel model =
                new TrustModel(PolicyFile.read(file, advice, source, TrustPolicyFile.class, TrustPolicyFile::policy));
        String name = model.policy().name();
        if (models.put(name, model) != null) {
            throw new StartRefused(
                    "there are two trust policies named " + name,
                    "give the one of " + file + ", in the folder that " + FOLDER + " names, another name");
        }
    }

    /** The model of the policy of a name. */
    public Optional<TrustModel> named(String name) {
        return Optional.ofNullable(models.get(name));
    }

    /** The model that is used unless somebody asks for another. */
    public TrustModel usual() {
        return named(usual).orElseThrow();
    }

    /** The names, in their order. */
    public List<String> names() {
        return List.copyOf(models.keySet());
    }
}
