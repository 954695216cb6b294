package io.quarkiverse.llm.gateway.runtime.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import io.vertx.core.json.JsonObject;

/** A client of the gateway that looks at every stream it gets: one that is not legal fails the test. */
final class GatewayClient {

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String root;
    private final String key;

    /**
     * @param root of the application
     */
    GatewayClient(URI root) {
        this(root.toString().replaceAll("/$", ""), "");
    }

    private GatewayClient(String root, String key) {
        this.root = root;
        this.key = key;
    }

    /** One that sends that key. */
    GatewayClient withKey(String other) {
        return new GatewayClient(root, other);
    }

    /**
     * What came back, as a whole.
     *
     * @param usageAsked whether a chat request wants to know the usage
     */
    record Answered(HttpResponse<byte[]> response, boolean usageAsked) {

        int status() {
            return response.statusCode();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        JsonObject json() {
            return new JsonObject(text());
        }

        JsonObject error() {
            return json().getJsonObject("error");
        }

        CheckedStream stream() {
            if (response.uri().toString().contains("starting_after")) {
                return CheckedStream.of(response.body());
            }
            return response.uri().getPath().contains("/responses") ? CheckedStream.responses(response.body())
                    : CheckedStream.chat(response.body(), usageAsked);
        }
    }

    Answered responses(JsonObject body) {
        return send(request("/v1/responses", body.encode()), false);
    }

    Answered chat(JsonObject body) {
        return send(request("/v1/chat/completions", body.encode()),
                body.getJsonObject("stream_options", new JsonObject()).getBoolean("include_usage", false));
    }

    /** Without {@code stream_options.include_usage}. */
    Answered post(String path, String body) {
        return send(request(path, body), false);
    }

    Answered post(String path, String body, Map<String, String> headers) {
        HttpRequest.Builder request = request(path, body);
        headers.forEach(request::header);
        return send(request, false);
    }

    Answered get(String path) {
        return get(path, Map.of());
    }

    Answered get(String path, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(root + path)).GET();
        headers.forEach(request::header);
        return send(request, false);
    }

    Answered delete(String path) {
        return send(HttpRequest.newBuilder(URI.create(root + path)).DELETE(), false);
    }

    private HttpRequest.Builder request(String path, String body) {
        return HttpRequest.newBuilder(URI.create(root + path)).header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private Answered send(HttpRequest.Builder request, boolean usageAsked) {
        if (!key.isEmpty()) {
            request.header("authorization", "Bearer " + key);
        }
        try {
            HttpResponse<byte[]> response = http.send(request.timeout(Duration.ofSeconds(30)).build(),
                    BodyHandlers.ofByteArray());
            Answered answered = new Answered(response, usageAsked);
            if (answered.header("content-type").startsWith("text/event-stream")) {
                answered.stream();
            }
            return answered;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
