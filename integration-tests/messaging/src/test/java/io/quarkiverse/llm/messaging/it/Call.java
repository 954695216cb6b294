package io.quarkiverse.llm.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.vertx.core.json.JsonObject;

/**
 * One streamed request of a caller, and all that came of it, read on a thread of its own up to the end of the connection's
 * answer.
 */
final class Call {

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "caller");
        thread.setDaemon(true);
        return thread;
    });
    private static final String DATA = "data: ";
    /** Longer than a crash stays undiscovered and a broker is away. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** How it ended for the caller. */
    enum End {
        /** Once, and whole. */
        ANSWERED,
        /** Once, with an error that has a code. */
        FAILED,
        /** Not at all, or more than once, or with something else than the answer. */
        LOST
    }

    private final String expected;
    private final StringBuffer text = new StringBuffer();
    private final List<String> ends = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private volatile InputStream body;
    private volatile int status;
    private volatile String id;
    private volatile JsonObject error;
    private volatile String disorder;
    private long next;

    private Call(String expected) {
        this.expected = expected;
    }

    /** Who takes what comes at once. */
    static Call start(String gateway, JsonObject request, String expected) {
        return start(gateway, request, expected, CompletableFuture.completedFuture(null));
    }

    /** Who does not read before that. */
    static Call start(String gateway, JsonObject request, String expected, CompletableFuture<Void> reading) {
        Call call = new Call(expected);
        THREADS.execute(() -> {
            try {
                call.run(gateway, request, reading);
                call.over.complete(null);
            } catch (Throwable t) {
                call.over.completeExceptionally(t);
            }
        });
        return call;
    }

    private void run(String gateway, JsonObject request, CompletableFuture<Void> reading) throws Exception {
        HttpResponse<InputStream> answer = HTTP.send(HttpRequest.newBuilder(URI.create(gateway + "/v1/responses"))
                .header("content-type", "application/json").POST(BodyPublishers.ofString(request.encode())).build(),
                BodyHandlers.ofInputStream());
        body = answer.body();
        status = answer.statusCode();
        reading.join();
        if (status != 200) {
            error = new JsonObject(new String(body.readAllBytes(), StandardCharsets.UTF_8)).getJsonObject("error");
            return;
        }
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(DATA + "{")) {
                    event(new JsonObject(line.substring(DATA.length())));
                }
            }
        }
    }

    private void event(JsonObject event) {
        if (event.getLong("sequence_number") != next++ || !ends.isEmpty()) {
            disorder = event.encode();
        }
        String type = event.getString("type");
        switch (type) {
            case "response.created" -> id = event.getJsonObject("response").getString("id");
            case "response.output_text.delta" -> text.append(event.getString("delta"));
            case "response.completed", "response.incomplete", "response.cancelled" -> ends.add(type);
            case "response.failed" -> {
                error = event.getJsonObject("response").getJsonObject("error");
                ends.add(type);
            }
            default -> {
                // says nothing of the text
            }
        }
    }

    boolean hasContent() {
        return text.length() > 0;
    }

    boolean isOver() {
        return over.isDone();
    }

    /** Of the response; null before it has begun. */
    String id() {
        return id;
    }

    int status() {
        return status;
    }

    JsonObject error() {
        return error;
    }

    /** Closes the connection in the middle. */
    void hangUp() throws IOException {
        body.close();
    }

    /** Waits for the end. */
    End end() {
        try {
            over.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return End.LOST;
        } catch (Exception e) {
            disorder = e.toString();
            return End.LOST;
        }
        if (disorder != null) {
            return End.LOST;
        } else if (status != 200) {
            return error != null && error.getString("code") != null ? End.FAILED : End.LOST;
        } else if (ends.equals(List.of("response.completed"))) {
            return text.toString().equals(expected) ? End.ANSWERED : End.LOST;
        }
        return ends.equals(List.of("response.failed")) && error.getString("code") != null ? End.FAILED : End.LOST;
    }

    /** Whether it failed with what clients of OpenAI's APIs try again. */
    boolean isRetryable() {
        return error != null && (status >= 500 || status == 429 || error.getString("code").equals("server_error"));
    }

    void assertAnswered() {
        assertThat(end()).as(this::toString).isEqualTo(End.ANSWERED);
    }

    @Override
    public String toString() {
        return "status " + status + ", ends " + ends + ", error " + error + ", disorder " + disorder + ", response " + id
                + ", text " + text + (text.toString().equals(expected) ? "" : ", expected " + expected);
    }
}
