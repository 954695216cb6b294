package io.quarkiverse.llm.scripted;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;

/**
 * A language model server on loopback that answers from a script, over real HTTP and WebSockets, and records what it was asked.
 * <p>
 * Each request takes the next answer from the queue; when the queue is empty, the function set with {@link #respond} gives
 * the answer; without one the request fails with HTTP 500 and a message that says so. {@code GET .../models} gives the model
 * list, {@code POST .../responses/input_tokens} a count, and both take nothing from the queue; nor do requests for responses
 * that this server has made and stored, and those that
 * go on from one which it has not. The same script serves the WebSocket mode of the Responses API, on
 * {@code .../responses}: each message is a request. Any path is answered, so that a test can see from the record which one was
 * asked.
 * All methods are safe to call from any thread but the server's own.
 *
 * <pre>{@code
 * try (ScriptedServer server = ScriptedServer.start()) {
 *     server.enqueue(Answer.text("Hel", "lo"));
 *     // ... call server.baseUrl() + "/chat/completions" ...
 *     assertEquals("hi", server.takeRequest().json().getString("model"));
 * }
 * }</pre>
 */
public final class ScriptedServer implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final long LIFE_CYCLE_SECONDS = 20;

    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setEventLoopPoolSize(1)
            .setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(1)
            .setFileSystemOptions(new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false)));
    private final RequestLog requests = new RequestLog();
    private final ConnectionLog connections = new ConnectionLog();
    private final Exchanges exchanges = new Exchanges();
    private final Script script;
    private final boolean secure;
    private final WebSockets webSockets;
    private final HttpServer http;

    private ScriptedServer(HttpServerOptions options, Function<RecordedRequest, Answer> logic) {
        this.script = new Script(logic);
        this.webSockets = new WebSockets(vertx, script, requests, connections, exchanges,
                logic instanceof SimulatedModel ? SimulatedModel.WEB_SOCKETS : WebSocketMode.accepted());
        this.secure = options.isSsl();
        this.http = vertx.createHttpServer(WebSockets.forLargeMessages(options).setHost(HOST).setPort(0));
        http.connectionHandler(connections::add);
        http.requestHandler(request -> {
            if (WebSockets.isUpgrade(request)) {
                webSockets.upgrade(request);
            } else {
                request.body().onSuccess(body -> answer(request, body));
            }
        });
    }

    /** Starts a server on a free port. */
    public static ScriptedServer start() {
        return start(new HttpServerOptions(), null);
    }

    /** Starts a server whose answers, when its queue is empty, come from this function; {@link #reset} restores it. */
    public static ScriptedServer start(Function<RecordedRequest, Answer> logic) {
        return start(new HttpServerOptions(), logic);
    }

    /** Starts a server with these options (TLS, HTTP/2, compression); host and port of them do not count. */
    public static ScriptedServer start(HttpServerOptions options) {
        return start(options, null);
    }

    /** Starts a server with these options and this function. */
    public static ScriptedServer start(HttpServerOptions options, Function<RecordedRequest, Answer> logic) {
        ScriptedServer server = new ScriptedServer(options, logic);
        try {
            await(server.http.listen());
        } catch (RuntimeException e) {
            server.vertx.close();
            throw e;
        }
        return server;
    }

    /** The port that the server listens on. */
    public int port() {
        return http.actualPort();
    }

    /** Scheme, host and port: {@code http://127.0.0.1:PORT}. */
    public String origin() {
        return (secure ? "https://" : "http://") + HOST + ":" + port();
    }

    /** What a client takes for its base URL: {@code http://127.0.0.1:PORT/v1}. */
    public String baseUrl() {
        return origin() + "/v1";
    }

    /** Adds answers to the queue. */
    public ScriptedServer enqueue(Answer... answers) {
        for (Answer answer : answers) {
            script.enqueue(answer);
        }
        return this;
    }

    /** Adds answers to the queue, in this order. */
    public ScriptedServer enqueue(List<Answer> answers) {
        answers.forEach(script::enqueue);
        return this;
    }

    /** Sets faults that every scripted answer has besides its own. They stay through {@link #reset}. */
    public ScriptedServer faults(Fault... faults) {
        script.faults(List.of(faults));
        return this;
    }

    /** Sets the function that answers when the queue is empty. It runs on the server's event loop: it must not block. */
    public ScriptedServer respond(Function<RecordedRequest, Answer> logic) {
        script.respond(logic);
        return this;
    }

    /** Sets the ids in the model list; by default one, {@code scripted}. */
    public ScriptedServer models(String... ids) {
        return models(Answer.modelList(ids));
    }

    /** Sets the answer to requests for the model list. */
    public ScriptedServer models(Answer answer) {
        script.models(answer);
        return this;
    }

    /**
     * Sets the answer to requests for the number of input tokens: {@link Answer#inputTokens}, or one of {@link NoSuchApi} for a
     * server that does not count. By default a token is a word: what has no blank in it, in the instructions, the texts of the
     * input and of what it continues, the arguments and outputs of tool calls, and the descriptions of tools. A
     * {@link SimulatedModel} does not count. Until {@link #reset}.
     */
    public ScriptedServer inputTokens(Answer answer) {
        script.inputTokens(answer);
        return this;
    }

    /**
     * Makes the server one of this wire API alone, as llama.cpp was for long of Chat Completions: requests of the other one
     * get HTTP 404 and take nothing from the script. Until {@link #reset}.
     */
    public ScriptedServer only(Api api) {
        return only(api, NoSuchApi.FILE_NOT_FOUND.answer());
    }

    /** The same with this answer to requests of the other wire API: one of {@link NoSuchApi}, or any other. */
    public ScriptedServer only(Api api, Answer toTheOther) {
        script.refuse(api == Api.RESPONSES ? Api.CHAT_COMPLETIONS : Api.RESPONSES, toTheOther);
        return this;
    }

    /**
     * How the server answers who wants a WebSocket; by default it takes it, with a {@link SimulatedModel} from its start it
     * does
     * not. Until {@link #reset}.
     */
    public ScriptedServer webSocket(WebSocketMode mode) {
        webSockets.mode(mode);
        return this;
    }

    /** The WebSockets that were opened since the start or the last reset, in their order; those that are closed, too. */
    public List<ScriptedWebSocket> webSockets() {
        return webSockets.opened();
    }

    /**
     * The requests for a WebSocket since the start or the last reset, taken or refused, in their order. They count by
     * themselves: they are not among {@link #requests()}.
     */
    public List<RecordedRequest> upgrades() {
        return webSockets.upgrades();
    }

    /** All requests since the start or the last reset, in the order of their arrival; messages of WebSockets, too. */
    public List<RecordedRequest> requests() {
        return requests.all();
    }

    /**
     * Takes the first request that was not taken before, and waits up to 10 seconds if it has not arrived.
     *
     * @throws AssertionError if none arrives
     */
    public RecordedRequest takeRequest() {
        return takeRequest(RecordedRequest.SOON);
    }

    /**
     * Takes the first request that was not taken before, and waits for it if it has not arrived.
     *
     * @throws AssertionError if none arrives within this time
     */
    public RecordedRequest takeRequest(Duration atMost) {
        return requests.take(atMost);
    }

    /** Counts of the connections of clients. */
    public ConnectionCount connections() {
        return connections.count();
    }

    /**
     * Forgets script and records, and breaks off the answers under way. Idle connections stay open; idle WebSockets forget
     * their responses. Returns when that is done, unless it is called from a thread of Vert.x.
     */
    public ScriptedServer reset() {
        script.reset();
        Future<Void> brokenOff = exchanges.breakOff();
        if (!Context.isOnVertxThread()) {
            await(brokenOff);
        }
        requests.reset();
        webSockets.reset();
        connections.reset();
        return this;
    }

    /** Stops the server and closes all its connections. Calling it again does nothing. */
    @Override
    public void close() {
        exchanges.end();
        await(vertx.close());
    }

    private void answer(HttpServerRequest request, Buffer body) {
        RecordedRequest recorded = RecordedRequest.of(requests.nextNumber(), connections.numberOf(request.connection()),
                request, body.toString());
        Context context = vertx.getOrCreateContext();
        exchanges.add(recorded, context, () -> request.connection().close());
        recorded.previousResponseId().flatMap(script::history).ifPresent(recorded::continues);
        requests.add(recorded);
        Reply reply = Rendering.orFailure(script.answerTo(recorded), answer -> Rendering.of(answer, recorded));
        new HttpPlayback(context, request, recorded, reply).start();
    }

    private static void await(Future<?> future) {
        try {
            future.toCompletionStage().toCompletableFuture().get(LIFE_CYCLE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The scripted server failed: " + e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("The scripted server neither started nor stopped in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the scripted server started or stopped", e);
        }
    }
}
