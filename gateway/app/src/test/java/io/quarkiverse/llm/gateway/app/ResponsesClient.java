package io.quarkiverse.llm.gateway.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.vertx.core.json.JsonObject;

/** A client of the Responses API that knows the end of a stream by its last event and does not wait for the connection. */
record ResponsesClient(String baseUrl, HttpClient http) {

    ResponsesClient(String baseUrl) {
        this(baseUrl, HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
    }

    /**
     * How a request ended.
     *
     * @param response the resource, or what there is in its place
     * @param retryAfter in seconds; -1 when it is not said
     * @param nanos when it was known, by {@link System#nanoTime()}
     */
    record Ended(int status, JsonObject response, long retryAfter, long nanos) {
    }

    Ended ended(JsonObject request) {
        return ended(to("").header("content-type", "application/json").POST(BodyPublishers.ofString(request.encode())));
    }

    /** Of a response that there is. */
    Ended get(String id, String query) {
        return ended(to("/" + id + query));
    }

    Ended cancel(String id) {
        return ended(to("/" + id + "/cancel").POST(BodyPublishers.noBody()));
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(baseUrl + "/responses" + path)).timeout(Duration.ofSeconds(30));
    }

    private Ended ended(HttpRequest.Builder request) {
        try {
            HttpResponse<InputStream> answer = http.send(request.build(), BodyHandlers.ofInputStream());
            boolean stream = answer.headers().firstValue("content-type").orElse("").startsWith("text/event-stream");
            JsonObject response = stream ? last(answer.body())
                    : new JsonObject(new String(answer.body().readAllBytes(), StandardCharsets.UTF_8));
            return new Ended(answer.statusCode(), response, answer.headers().firstValueAsLong("retry-after").orElse(-1),
                    System.nanoTime());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonObject last(InputStream body) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("data: {")) {
                JsonObject event = new JsonObject(line.substring("data: ".length()));
                switch (event.getString("type")) {
                    case "response.completed", "response.failed", "response.incomplete", "response.cancelled" -> {
                        return event.getJsonObject("response");
                    }
                    default -> {
                        // not yet
                    }
                }
            }
        }
        throw new AssertionError("The stream has no end");
    }
}
