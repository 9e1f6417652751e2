package dev.rapport.command.dispatch;

import dev.rapport.command.Circumstances;
import java.lang.reflect.Executable;
import java.lang.reflect.Parameter;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.annotation.ParameterResolver;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.jspecify.annotations.Nullable;

/** Hands the circumstances of a command to handlers that ask for them by type. */
public final class CircumstancesResolver implements ParameterResolverFactory, ParameterResolver<Circumstances> {

    @Override
    public @Nullable ParameterResolver<Circumstances> createInstance(
            Executable executable, Parameter[] parameters, int parameterIndex) {
        return parameters[parameterIndex].getType() == Circumstances.class ? this : null;
    }

    @Override
    public Circumstances resolveParameterValue(Message<?> message) {
        return Circumstances.of(message);
    }

    @Override
    public boolean matches(Message<?> message) {
        return message instanceof CommandMessage<?>;
    }
}
