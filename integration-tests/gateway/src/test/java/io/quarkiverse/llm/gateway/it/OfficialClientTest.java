package io.quarkiverse.llm.gateway.it;

import java.net.URL;

import org.junit.jupiter.api.BeforeEach;

import com.openai.client.OpenAIClient;

import io.quarkiverse.llm.scripted.ScriptedServer;
import io.quarkus.test.common.http.TestHTTPResource;

/** A new official client of the gateway for each test, in front of a server that has forgotten all before. */
abstract class OfficialClientTest {

    ScriptedServer llm;

    @TestHTTPResource("/")
    URL application;

    OpenAIClient client;

    @BeforeEach
    void connect() {
        llm.reset();
        client = OfficialClient.of(application);
    }
}
