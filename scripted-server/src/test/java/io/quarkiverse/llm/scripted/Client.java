package io.quarkiverse.llm.scripted;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** An HTTP client that shows the bytes as they come. */
final class Client {

    static final String STREAM = "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}";
    static final String WHOLE = "{\"model\":\"m\"}";

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ScriptedServer server;

    Client(ScriptedServer server) {
        this.server = server;
    }

    HttpResponse<String> stream() throws IOException {
        return post("/chat/completions", STREAM, BodyHandlers.ofString());
    }

    HttpResponse<byte[]> streamBytes() throws IOException {
        return post("/chat/completions", STREAM, BodyHandlers.ofByteArray());
    }

    HttpResponse<InputStream> openStream() throws IOException {
        return post("/chat/completions", STREAM, BodyHandlers.ofInputStream());
    }

    HttpResponse<String> whole() throws IOException {
        return post("/chat/completions", WHOLE, BodyHandlers.ofString());
    }

    HttpResponse<String> chat(JsonObject body) throws IOException {
        return post("/chat/completions", Json.text(body), BodyHandlers.ofString());
    }

    HttpResponse<String> responses(String body) throws IOException {
        return post("/responses", body, BodyHandlers.ofString());
    }

    /** The events of a stream of the Responses API that answers this. */
    List<JsonObject> events() throws IOException {
        return chunks(responses(STREAM).body());
    }

    HttpResponse<String> delete(String path) throws IOException {
        return send(request(path).DELETE().build(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException {
        return send(request(path).GET().build(), BodyHandlers.ofString());
    }

    <T> HttpResponse<T> post(String path, String body, BodyHandler<T> handler) throws IOException {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build(), handler);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.baseUrl() + path));
    }

    private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) throws IOException {
        try {
            return http.send(request, handler);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The payloads of a stream with LF line ends and one data line an event. */
    static List<String> payloads(String stream) {
        return stream.lines().filter(line -> line.startsWith("data:")).map(line -> line.substring(5).strip()).toList();
    }

    static List<JsonObject> chunks(String stream) {
        return payloads(stream).stream().filter(payload -> !payload.equals("[DONE]")).map(Json::object).toList();
    }

    static String text(List<JsonObject> chunks) {
        StringBuilder text = new StringBuilder();
        for (JsonObject chunk : chunks) {
            for (Object choice : chunk.getJsonArray("choices", new JsonArray())) {
                Object content = ((JsonObject) choice).getJsonObject("delta").getValue("content");
                text.append(content == null ? "" : content);
            }
        }
        return text.toString();
    }
}
