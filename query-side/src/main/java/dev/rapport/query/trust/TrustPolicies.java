package dev.rapport.query.trust;

import dev.rapport.events.trust.TrustModel;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The trust policies that there are, by name. Evidence is kept as it is, so that any of them can score it at any time. */
public final class TrustPolicies {

    private final SortedMap<String, TrustModel> models = new TreeMap<>();
    private final String usual;

    /**
     * Policies of which one is used unless somebody asks for another.
     *
     * @throws IllegalArgumentException when two have the same name, or none has the usual one
     */
    TrustPolicies(Collection<TrustModel> models, String usual) {
        for (TrustModel model : models) {
            String name = model.policy().name();
            if (this.models.put(name, model) != null) {
                throw new IllegalArgumentException("there are two trust policies named " + name);
            }
        }
        this.usual = usual;
        if (!this.models.containsKey(usual)) {
            throw new IllegalArgumentException("there is no trust policy " + usual + "; these are: " + names());
        }
    }

    /** The model of the policy of a name. */
    Optional<TrustModel> named(String name) {
        return Optional.ofNullable(models.get(name));
    }

    /** The model that is used unless somebody asks for another. */
    public TrustModel usual() {
        return named(usual).orElseThrow();
    }

    List<String> names() {
        return List.copyOf(models.keySet());
    }
}
