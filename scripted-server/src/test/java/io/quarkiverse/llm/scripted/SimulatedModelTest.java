package io.quarkiverse.llm.scripted;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

class SimulatedModelTest {

    private static final String WEATHER = """
            {"type":"function","function":{"name":"get_weather","description":"The forecast of a place","parameters":
              {"type":"object","properties":{"city":{"type":"string"},"unit":{"enum":["C","F"]},"note":{"type":"string"}},
               "required":["city","unit"]}}}""";
    private static final String CLOCK = """
            {"type":"function","function":{"name":"getTime","parameters":{"type":"object","properties":{}}}}""";

    private final ScriptedServer server = ScriptedServer.start(new SimulatedModel(Duration.ofMillis(1)));
    private final Client client = new Client(server);

    @AfterEach
    void close() {
        server.close();
    }

    private static JsonObject message(String role, String content) {
        return new JsonObject().put("role", role).put("content", content);
    }

    private static JsonObject asking(String text) {
        return new JsonObject().put("model", "any").put("messages", new JsonArray().add(message("user", text)));
    }

    private static JsonObject askingWithTools(String text) {
        return asking(text).put("tools", new JsonArray().add(Json.object(WEATHER)).add(Json.object(CLOCK)));
    }

    private JsonObject choice(JsonObject request) throws Exception {
        return ChunkEdits.choice(Json.object(client.chat(request).body()));
    }

    private String content(JsonObject request) throws Exception {
        return choice(request).getJsonObject("message").getString("content");
    }

    private JsonObject calledFunction(JsonObject request) throws Exception {
        return choice(request).getJsonObject("message").getJsonArray("tool_calls").getJsonObject(0).getJsonObject("function");
    }

    @Test
    void says_back_what_the_user_said_and_that_it_is_simulated() throws Exception {
        assertThat(content(asking("Hello there"))).isEqualTo("[simulated] You said: Hello there");
    }

    @Test
    void streams_the_same_in_small_deltas_after_a_little_reasoning() throws Exception {
        List<JsonObject> chunks = Client.chunks(client.chat(asking("Hello there").put("stream", true)).body());

        assertThat(Client.text(chunks)).isEqualTo("[simulated] You said: Hello there");
        assertThat(chunks).hasSizeGreaterThan(8).allMatch(chunk -> chunk.getString("model").equals("simulated"));
        assertThat(Json.text(chunks.get(1))).contains("reasoning_content");
    }

    @Test
    void lists_itself() throws Exception {
        assertThat(client.get("/models").body()).contains("\"id\":\"simulated\"");
    }

    @Test
    void calls_the_tool_that_the_user_speaks_of() throws Exception {
        assertThat(calledFunction(askingWithTools("What time is it?")).getString("name")).isEqualTo("getTime");
        assertThat(calledFunction(askingWithTools("How is the weather?")).getString("name")).isEqualTo("get_weather");
        assertThat(calledFunction(askingWithTools("Hm?")).getString("name")).isEqualTo("get_weather");
    }

    @Test
    void arguments_fit_the_schema_and_speak_of_what_the_user_said() throws Exception {
        assertThat(calledFunction(askingWithTools("How is the weather in New York?")).getString("arguments"))
                .isEqualTo("{\"city\":\"New York\",\"unit\":\"C\"}");
    }

    @Test
    void tool_choice_is_honoured() throws Exception {
        JsonObject named = new JsonObject().put("type", "function").put("function", new JsonObject().put("name", "getTime"));

        assertThat(content(askingWithTools("weather").put("tool_choice", "none"))).startsWith("[simulated]");
        assertThat(calledFunction(askingWithTools("weather").put("tool_choice", named)).getString("name")).isEqualTo("getTime");
    }

    @Test
    void unknown_tool_in_tool_choice_is_refused() throws Exception {
        JsonObject named = new JsonObject().put("type", "function").put("function", new JsonObject().put("name", "nope"));

        assertThat(client.chat(askingWithTools("weather").put("tool_choice", named)).statusCode()).isEqualTo(400);
    }

    @Test
    void tool_result_comes_back_in_a_sentence() throws Exception {
        JsonObject request = askingWithTools("weather in Oslo?");
        request.getJsonArray("messages").add(message("assistant", null))
                .add(message("tool", "rain, 7 degrees").put("tool_call_id", "call_1"));

        assertThat(content(request)).isEqualTo("[simulated] The tool answered: rain, 7 degrees");
    }

    @Test
    void json_schema_is_filled_in() throws Exception {
        JsonObject schema = Json.object("""
                {"type":"object","required":["name","age"],"properties":{"name":{"type":"string"},
                 "age":{"type":"integer"}}}""");
        JsonObject format = new JsonObject().put("type", "json_schema")
                .put("json_schema", new JsonObject().put("name", "person").put("schema", schema));

        assertThat(content(asking("He is called Bob, and 42 years old").put("response_format", format)))
                .isEqualTo("{\"name\":\"Bob\",\"age\":42}");
    }

    @Test
    void token_limit_cuts_and_says_so() throws Exception {
        JsonObject completion = Json.object(client.chat(asking("Hello").put("max_completion_tokens", 8)).body());

        assertThat(ChunkEdits.choice(completion).getString("finish_reason")).isEqualTo("length");
        assertThat(completion.getJsonObject("usage").getInteger("completion_tokens")).isEqualTo(8);
    }

    @Test
    void stop_sequence_cuts_silently() throws Exception {
        JsonObject choice = choice(asking("one two three").put("stop", new JsonArray().add("two")));

        assertThat(choice.getJsonObject("message").getString("content")).isEqualTo("[simulated] You said: one ");
        assertThat(choice.getString("finish_reason")).isEqualTo("stop");
    }

    @Test
    void wrong_requests_are_refused() throws Exception {
        assertThat(client.chat(new JsonObject()).statusCode()).isEqualTo(400);
        assertThat(client.chat(new JsonObject().put("messages", "hello")).statusCode()).isEqualTo(400);
        assertThat(client.get("/elsewhere").statusCode()).isEqualTo(404);
        assertThat(client.get("/chat/completions").statusCode()).isEqualTo(405);
    }
}
