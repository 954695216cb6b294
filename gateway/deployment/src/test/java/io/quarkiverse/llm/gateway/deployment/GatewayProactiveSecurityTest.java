package io.quarkiverse.llm.gateway.deployment;

import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** Quarkus finds out who asks before the gateway has the request. */
class GatewayProactiveSecurityTest extends SecurityTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = application(true);
}
