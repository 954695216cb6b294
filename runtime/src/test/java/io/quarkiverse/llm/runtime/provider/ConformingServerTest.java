package io.quarkiverse.llm.runtime.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.LlmServerException;
import io.quarkiverse.llm.LlmTimeoutException;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.StreamTransport;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesCodec;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;

/** WebSockets to a server that is not ours. */
@Timeout(120)
class ConformingServerTest {

    private static final Tool WEATHER = Tool.function("get_weather", "Tells the weather", RawJson.of("""
            {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
            """));
    private static final LlmRequest FIRST = LlmRequest.builder().instructions("Be brief").store(false).tool(WEATHER)
            .user("THINK USE_TOOL get_weather {\"city\":\"Oslo\"} USE_TOOL get_weather {\"city\":\"Rome\"}").build();

    private static NodeServer server;
    private static Vertx vertx;

    @BeforeAll
    static void start() {
        server = NodeServer.start();
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static WireProvider provider(String baseUrl) {
        ProviderSettings settings = TestSettings.of(baseUrl).api(WireApi.RESPONSES).transport(StreamTransport.WEBSOCKET)
                .firstEvent(Duration.ofSeconds(5)).idle(Duration.ofSeconds(2)).build();
        return new WireProvider(settings, List.of(new ResponsesCodec(settings)),
                OverWebSocket.transports(settings, vertx), vertx, List::of);
    }

    /** Asks, executes the calls, and goes on until the model calls no more; gives all responses. */
    private static List<LlmResponse> converse(WireProvider provider) {
        List<LlmResponse> responses = new ArrayList<>();
        LlmRequest request = FIRST;
        LlmResponse response = provider.complete(request).await().atMost(Duration.ofSeconds(30));
        responses.add(response);
        while (!response.toolCalls().isEmpty() && responses.size() < 5) {
            LlmRequest.Builder next = request.toBuilder().append(response);
            response.toolCalls().forEach(call -> next.toolOutput(call.callId(), "sunny"));
            request = next.build();
            response = provider.complete(request).await().atMost(Duration.ofSeconds(30));
            responses.add(response);
        }
        return responses;
    }

    @Test
    void aConversationSendsOnlyWhatIsNew() {
        List<LlmResponse> responses = converse(provider(server.baseUrl()));

        assertThat(responses).hasSize(3);
        assertThat(responses.get(2).text()).contains("sunny");
        List<JsonObject> messages = server.messages();
        List<JsonObject> last = messages.subList(messages.size() - 3, messages.size());
        assertThat(last.get(0).containsKey("previous_response_id")).isFalse();
        assertThat(last.get(1).getString("previous_response_id")).isEqualTo(responses.get(0).id());
        assertThat(last.get(2).getString("previous_response_id")).isEqualTo(responses.get(1).id());
        assertThat(last.get(2).getJsonArray("input")).hasSize(1);
        assertThat(last).noneMatch(message -> message.containsKey("stream") || message.containsKey("background"));
    }

    /** Over HTTP, the first of the two that fall silent has an end, and the other the names of its events. */
    @Test
    void howeverItIsBrokenTheConversationGoesOnUnlessItSaysItselfThatItFailedOrFallsSilent() {
        Map<String, Object> failed = new TreeMap<>();
        for (String fault : server.faults()) {
            try {
                assertThat(lastText(fault)).as(fault).contains("sunny");
            } catch (LlmException e) {
                failed.put(fault, e.getClass());
            }
        }
        assertThat(failed).containsOnly(
                entry("error-event", LlmServerException.class), entry("response-failed", LlmServerException.class),
                entry("no-completed-event", LlmTimeoutException.class), entry("no-type-in-data", LlmTimeoutException.class));
    }

    private static String lastText(String fault) {
        List<LlmResponse> responses = converse(provider(server.baseUrl(fault)));
        return responses.get(responses.size() - 1).text();
    }
}
