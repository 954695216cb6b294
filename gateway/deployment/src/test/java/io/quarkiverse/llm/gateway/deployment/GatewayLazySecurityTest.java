package io.quarkiverse.llm.gateway.deployment;

import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** Quarkus finds out who asks only when the gateway wants to know. */
class GatewayLazySecurityTest extends SecurityTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = application(false);

    @Test
    void aWrongPasswordIsRefusedInTheWordsOfTheApi() {
        response(as("alice", "looking-glass")).post("/v1/responses").then().statusCode(401)
                .body("error.code", is("invalid_api_key")).body("error.message", is("You must say who you are to use this"
                        + " gateway."));
    }
}
