package io.quarkiverse.llm.messaging.it;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands the same fleet to all tests: starting one takes longer than most of them. */
final class SharedFleet implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Fleet.class;
    }

    @Override
    public Fleet resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // the store closes it when all tests are over
        return context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).computeIfAbsent(Fleet.class,
                key -> Fleet.started(), Fleet.class);
    }
}
