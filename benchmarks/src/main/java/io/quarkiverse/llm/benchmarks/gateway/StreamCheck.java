package io.quarkiverse.llm.benchmarks.gateway;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.quarkiverse.llm.benchmarks.Words;
import io.quarkiverse.llm.benchmarks.endtoend.Work;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Looks once at all that a gateway makes of a stream of text and one of a call: what is fast but wrong is not compared. */
final class StreamCheck {

    private static final int TOKENS = 20;

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Candidate candidate;

    StreamCheck(Candidate candidate) {
        this.candidate = candidate;
    }

    /** Waits until the gateway is there. */
    void run() throws IOException, InterruptedException {
        long latest = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            try {
                check(new Work(false, TOKENS, 0));
                check(new Work(true, TOKENS, 0));
                return;
            } catch (ConnectException e) {
                if (!candidate.isAlive() || System.nanoTime() > latest) {
                    throw new IOException(candidate.name + " does not answer; see its log", e);
                }
                Thread.sleep(50);
            }
        }
    }

    private void check(Work work) throws IOException, InterruptedException {
        JsonObject request = new JsonObject().put("model", work.model()).put("input", "Why is the sky blue?")
                .put("store", false).put("stream", true);
        if (work.tools()) {
            request.put("tools", new JsonArray().add(new JsonObject().put("type", "function").put("name", "get_weather")
                    .put("parameters", new JsonObject().put("type", "object").put("properties", new JsonObject()))));
        }
        HttpResponse<String> answer = client.send(HttpRequest
                .newBuilder(URI.create("http://127.0.0.1:" + candidate.port + "/v1/responses"))
                .header("Content-Type", "application/json").timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.ofString(request.encode())).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(candidate.name + " says " + answer.statusCode() + " " + answer.body());
        }
        String words = IntStream.range(0, TOKENS)
                .mapToObj(i -> work.tools() ? Words.arguments(i, TOKENS) : Words.text(i)).collect(Collectors.joining());
        events(work, answer.body(), new JsonArray("[\"" + words + "\"]").getString(0));
    }

    private void events(Work work, String body, String expected) {
        String kind = work.tools() ? "response.function_call_arguments." : "response.output_text.";
        StringBuilder deltas = new StringBuilder();
        int sequence = 0;
        String type = null;
        for (String event : body.split("\n\n")) {
            if (event.startsWith(":") || event.equals("data: [DONE]")) {
                continue;
            }
            int line = event.indexOf("\ndata: ");
            JsonObject data = new JsonObject(event.substring(line + "\ndata: ".length()));
            type = data.getString("type");
            expect("event: " + type, event.substring(0, line), "an event's name");
            expect(sequence, data.getInteger("sequence_number"), "the sequence number of " + event);
            if (sequence++ == 0) {
                expect("response.created", type, "the first event");
            }
            if (type.equals(kind + "delta")) {
                deltas.append(data.getString("delta"));
            } else if (type.equals(kind + "done")) {
                expect(expected, data.getString(work.tools() ? "arguments" : "text"), type);
            } else if (type.equals("response.completed")) {
                completed(work, data.getJsonObject("response"), expected);
            }
        }
        expect("response.completed", type, "the last event");
        expect(expected, deltas.toString(), "the sum of the deltas");
    }

    private void completed(Work work, JsonObject response, String expected) {
        JsonObject item = response.getJsonArray("output").getJsonObject(0);
        expect(expected, work.tools() ? item.getString("arguments")
                : item.getJsonArray("content").getJsonObject(0).getString("text"), "the output");
        expect(TOKENS, response.getJsonObject("usage").getInteger("output_tokens"), "the usage");
    }

    private void expect(Object expected, Object actual, String what) {
        if (!Objects.equals(expected, actual)) {
            throw new IllegalStateException(candidate.name + ": " + what + " is " + actual + " and not " + expected);
        }
    }
}
