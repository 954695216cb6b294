package io.quarkiverse.llm.devmode;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import io.quarkus.test.QuarkusDevModeTest;

/** Starts dev mode once for all tests of a class, where {@link QuarkusDevModeTest} takes seconds for each. */
record OneApplication(QuarkusDevModeTest devMode) implements BeforeAllCallback, AfterAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        devMode.beforeAll(context);
        devMode.beforeEach(context);
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        devMode.afterEach(context);
        devMode.afterAll(context);
    }
}
