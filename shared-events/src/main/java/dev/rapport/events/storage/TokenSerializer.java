package dev.rapport.events.storage;

import org.axonframework.serialization.jackson3.Jackson3Serializer;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/**
 * For what Axon keeps in its own tables: how far the processors have read. Tokens that wrap others, such as a replay's, name the
 * classes of these in their JSON; Jackson reads them back only when told that Axon's own are harmless.
 */
public final class TokenSerializer extends Jackson3Serializer {

    public TokenSerializer() {
        super(builder()
                .jsonMapperBuilderCustomizer(
                        json -> json.polymorphicTypeValidator(BasicPolymorphicTypeValidator.builder()
                                .allowIfSubType("org.axonframework.")
                                .build())));
    }
}
