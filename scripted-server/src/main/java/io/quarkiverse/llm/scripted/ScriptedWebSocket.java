package io.quarkiverse.llm.scripted;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;

/**
 * The server's end of a WebSocket, for a test to look at and to have a hand in. Its requests are among those of the
 * {@link ScriptedServer}, with the same {@link #connection()}. All methods are safe to call from any thread.
 */
public final class ScriptedWebSocket {

    private final RecordedRequest upgrade;
    private final Context context;
    private final CompletableFuture<End> end = new CompletableFuture<>();
    private final AtomicInteger pings = new AtomicInteger();
    private final AtomicInteger pongs = new AtomicInteger();
    private final Map<String, CompletableFuture<Void>> asked = new ConcurrentHashMap<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();

    private record End(FrameWriter frames, Runnable closing) {
    }

    ScriptedWebSocket(RecordedRequest upgrade, Context context) {
        this.upgrade = upgrade;
        this.context = context;
    }

    /** @param closing is called before the test closes the connection */
    void opened(ServerWebSocket socket, FrameWriter frames, Runnable closing) {
        socket.pongHandler(this::pong);
        end.complete(new End(frames, closing));
    }

    private void later(Consumer<End> action) {
        end.thenAccept(there -> context.runOnContext(now -> action.accept(there)));
    }

    /** The number of its connection, as {@link RecordedRequest#connection()} has it. */
    public int connection() {
        return upgrade.connection();
    }

    /** The request with which it was opened. */
    public RecordedRequest upgrade() {
        return upgrade;
    }

    /** Whether neither side has closed it. */
    public boolean isOpen() {
        return !closed.isDone();
    }

    /** Sends this message, whoever did not ask for it. */
    public ScriptedWebSocket send(String message) {
        later(there -> there.frames().message(Buffer.buffer(message)));
        return this;
    }

    /** Pings the client; completes with its pong. */
    public CompletionStage<Void> ping() {
        String payload = "ping " + pings.incrementAndGet();
        CompletableFuture<Void> answered = new CompletableFuture<>();
        asked.put(payload, answered);
        later(there -> there.frames().ping(Buffer.buffer(payload)));
        return answered.minimalCompletionStage();
    }

    /** How many pongs have come, also for the pings of {@link WebSocketFault#PINGS}. */
    public int pongs() {
        return pongs.get();
    }

    /** Closes it with this code. */
    public ScriptedWebSocket close(int code) {
        return close(code, null);
    }

    /**
     * Closes it with this code.
     *
     * @param reason up to 123 bytes; {@code null} for none
     */
    public ScriptedWebSocket close(int code, String reason) {
        later(there -> {
            there.closing().run();
            there.frames().close(code, reason);
        });
        return this;
    }

    /** Closes the connection without a close frame. */
    public ScriptedWebSocket drop() {
        later(there -> {
            there.closing().run();
            there.frames().drop();
        });
        return this;
    }

    /**
     * Waits up to 10 seconds until it is closed, by whom ever.
     *
     * @return the code of the close frame, 1006 if there was none
     * @throws AssertionError if it is not closed
     */
    public int awaitClosed() {
        return awaitClosed(RecordedRequest.SOON);
    }

    /**
     * Waits until it is closed, by whom ever.
     *
     * @return the code of the close frame, 1006 if there was none
     * @throws AssertionError if it is not closed within this time
     */
    public int awaitClosed(Duration atMost) {
        try {
            return closed.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("The WebSocket of connection " + connection() + " was still open after " + atMost, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for the end of a WebSocket", e);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    /** @param code {@code null} for none */
    void closed(Short code) {
        closed.complete(code == null ? Closing.ABNORMAL : Integer.valueOf(code));
    }

    private void pong(Buffer payload) {
        pongs.incrementAndGet();
        CompletableFuture<Void> answered = asked.remove(payload.toString());
        if (answered != null) {
            answered.complete(null);
        }
    }

    @Override
    public String toString() {
        return "ScriptedWebSocket[connection " + connection() + (isOpen() ? ", open]" : ", closed]");
    }
}
