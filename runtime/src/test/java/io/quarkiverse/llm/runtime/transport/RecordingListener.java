package io.quarkiverse.llm.runtime.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.quarkiverse.llm.LlmException;

/** Writes down what it is told, and lets a test wait for it. */
public class RecordingListener implements ExchangeListener {

    public static final Duration AT_MOST = Duration.ofSeconds(10);

    public final List<String> calls = new CopyOnWriteArrayList<>();
    public final List<LlmException> failures = new CopyOnWriteArrayList<>();
    public final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    public final CompletableFuture<Void> over = new CompletableFuture<>();
    public volatile int status;
    public volatile Map<String, String> headers = Map.of();

    private void call(String call) {
        threads.add(Thread.currentThread());
        calls.add(call);
    }

    @Override
    public void head(int status, Map<String, String> headers) {
        this.status = status;
        this.headers = headers;
        call("head");
    }

    @Override
    public void event(String name, byte[] data, int offset, int length) {
        call("event " + name + "|" + new String(data, offset, length, UTF_8));
    }

    @Override
    public void body(byte[] data, int offset, int length) {
        call("body " + new String(data, offset, length, UTF_8));
    }

    @Override
    public void end() {
        call("end");
        over.complete(null);
    }

    @Override
    public void failed(LlmException failure) {
        failures.add(failure);
        call("failed");
        over.complete(null);
    }

    public RecordingListener awaitCall(String call) {
        await().atMost(AT_MOST).until(() -> calls.contains(call));
        return this;
    }

    public List<String> awaitEnd() {
        over.orTimeout(AT_MOST.toSeconds(), TimeUnit.SECONDS).join();
        return calls;
    }

    public <T extends LlmException> T awaitFailure(Class<T> type) {
        awaitEnd();
        return type.cast(failures.get(0));
    }
}
