package io.quarkiverse.llm.runtime.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.StreamTransport;
import io.quarkiverse.llm.runtime.config.TestSettings;
import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.transport.HttpTransport;
import io.quarkiverse.llm.runtime.transport.websocket.WebSocketTransport;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesCodec;
import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.RecordedRequest;
import io.quarkiverse.llm.scripted.ScriptedServer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

/** The frames that the guide shows are the frames that are sent. */
@Timeout(60)
class WebSocketGuideTest {

    private static final Path GUIDE = Path.of("../docs/modules/ROOT/pages/websockets.adoc");
    private static final Pattern FRAME = Pattern.compile("\\[source,json]\n----\n(\\{\"type\": \"response.create\".*?)\n----",
            Pattern.DOTALL);
    private static final Tool WEATHER = Tool.function("get_weather", "Tells the current weather in a city", RawJson.of("""
            {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}"""));

    private final Vertx vertx = Vertx.vertx();
    private final ScriptedServer server = ScriptedServer.start();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }

    @Test
    void theFramesOfTheGuideAreThoseThatAreSent() throws IOException {
        ProviderSettings settings = TestSettings.of(server.baseUrl()).transport(StreamTransport.WEBSOCKET)
                .preset(Preset.OPENAI).api(WireApi.RESPONSES).build();
        WireProvider provider = new WireProvider(settings, List.of(new ResponsesCodec(settings)),
                new Transports(new HttpTransport(settings, vertx, options -> {
                }), Optional.of(new WebSocketTransport(settings, vertx, new ResponsesBounds(), options -> {
                }))), vertx, List::of);
        server.enqueue(Answer.toolCall("call_1", "get_weather", "{\"city\": \"Oslo\"}").id("resp_1"),
                Answer.text("Sunny, 21 °C."));

        LlmRequest first = LlmRequest.builder().model("gpt-5-mini").user("How is the weather in Oslo?").tool(WEATHER)
                .store(false).build();
        LlmResponse calls = ask(provider, first);
        ask(provider, first.toBuilder().append(calls).toolOutput("call_1", "21 °C, sunny").build());

        Matcher frames = FRAME.matcher(Files.readString(GUIDE));
        for (int turn = 1; turn <= 2; turn++) {
            RecordedRequest sent = server.takeRequest();
            assertThat(frames.find()).as("not shown: " + sent.body()).isTrue();
            assertThat(sent.json()).isEqualTo(new JsonObject(frames.group(1)));
        }
        assertThat(frames.find()).as("no more").isFalse();
    }

    private static LlmResponse ask(WireProvider provider, LlmRequest request) {
        return provider.complete(request).await().atMost(Duration.ofSeconds(20));
    }
}
