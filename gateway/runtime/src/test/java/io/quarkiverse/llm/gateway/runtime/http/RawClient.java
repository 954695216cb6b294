package io.quarkiverse.llm.gateway.runtime.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.vertx.core.json.JsonObject;

/** A client on a bare socket: it sees each chunk of an answer, reads when it wants to, and leaves when it wants to. */
final class RawClient implements AutoCloseable {

    private static final int LONGEST_WAIT_MILLIS = 20_000;

    private final Socket socket = new Socket();
    private final InputStream in;

    /**
     * @param receiveBuffer in bytes; 0 for what the system finds best
     */
    RawClient(URI server, int receiveBuffer) {
        try {
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.setSoTimeout(LONGEST_WAIT_MILLIS);
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param headers names in lower case
     */
    record Head(int status, Map<String, String> headers) {
    }

    static RawClient of(GatewayServer server) {
        return new RawClient(server.root(), 0);
    }

    RawClient send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RawClient send(String text) {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    RawClient post(String path, JsonObject body) {
        return post(path, body.encode().getBytes(StandardCharsets.UTF_8));
    }

    RawClient post(String path, byte[] body) {
        return send("POST " + path + " HTTP/1.1\r\nhost: gateway\r\ncontent-type: application/json\r\ncontent-length: "
                + body.length + "\r\n\r\n").send(body);
    }

    RawClient get(String path) {
        return send("GET " + path + " HTTP/1.1\r\nhost: gateway\r\n\r\n");
    }

    /** Asks for a response, in events. */
    RawClient ask(JsonObject response) {
        return post("/v1/responses", response);
    }

    Head head() {
        String status = line();
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        }
        return new Head(Integer.parseInt(status.split(" ")[1]), headers);
    }

    /** The next chunk, which is what the server has given to one write; empty at the end. */
    String chunk() {
        int length = Integer.parseInt(line(), 16);
        String text = new String(bytes(length), StandardCharsets.UTF_8);
        if (!line().isEmpty()) {
            throw new AssertionError("No end of line after a chunk");
        }
        return text;
    }

    /** All chunks up to the end. */
    List<String> chunks() {
        List<String> chunks = new ArrayList<>();
        for (String chunk = chunk(); !chunk.isEmpty(); chunk = chunk()) {
            chunks.add(chunk);
        }
        return chunks;
    }

    /** Reads chunks until one has this text in it. */
    String chunkWith(String text) {
        String chunk = chunk();
        while (!chunk.contains(text)) {
            if (chunk.isEmpty()) {
                throw new AssertionError("The answer ended without " + text);
            }
            chunk = chunk();
        }
        return chunk;
    }

    /** The body of an answer that is one document. */
    JsonObject document(Head head) {
        return new JsonObject(new String(bytes(Integer.parseInt(head.headers().get("content-length"))),
                StandardCharsets.UTF_8));
    }

    /** Waits until the server has closed the connection, whatever it sends before. */
    void awaitClosed() {
        try {
            in.transferTo(new ByteArrayOutputStream());
        } catch (SocketException e) {
            // reset, which is closed, too
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes the connection by resetting it (TCP RST). */
    void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** So many of what comes. */
    byte[] bytes(int length) {
        try {
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new AssertionError("The connection was closed");
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String line() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = bytes(1)[0]; b != '\n'; b = bytes(1)[0]) {
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8).replaceAll("\r$", "");
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
