package io.quarkiverse.llm.devmode;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Makes the requests to the application, on a port that was free. */
final class Browser {

    /** Not HTTP/2: its connections take leave when the application restarts, in the middle of a request. */
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;

    Browser() {
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    Answered ask() {
        return Answered.parse(send("ask", BodyHandlers.ofString()).body());
    }

    /** What the application's observer of changes has heard. */
    String heard() {
        return send("heard", BodyHandlers.ofString()).body();
    }

    InputStream stream() {
        return send("stream", BodyHandlers.ofInputStream()).body();
    }

    /** What the path shows. */
    String see(String path) {
        return send(path, BodyHandlers.ofString()).body();
    }

    /** What is shown instead of the application when it does not start. */
    String seeFailure() {
        HttpResponse<String> response = get("", BodyHandlers.ofString());
        if (response.statusCode() != 500) {
            throw new AssertionError("The application answers with " + response.statusCode());
        }
        return response.body();
    }

    private <T> HttpResponse<T> send(String path, HttpResponse.BodyHandler<T> handler) {
        HttpResponse<T> response = get(path, handler);
        if (response.statusCode() != 200) {
            throw new AssertionError("The application answers with " + response.statusCode());
        }
        return response;
    }

    private <T> HttpResponse<T> get(String path, HttpResponse.BodyHandler<T> handler) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/" + path))
                .timeout(Duration.ofSeconds(60)).build();
        try {
            return client.send(request, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
