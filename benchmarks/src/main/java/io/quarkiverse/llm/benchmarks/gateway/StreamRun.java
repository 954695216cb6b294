package io.quarkiverse.llm.benchmarks.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.HdrHistogram.Histogram;

import io.quarkiverse.llm.benchmarks.endtoend.Work;

/**
 * Keeps a number of streams under way, each on a connection of its own, and counts what they bring; all on one thread. A
 * stream that brings another number of deltas, or does not end as it should, has failed.
 */
final class StreamRun {

    private static final int RECEIVED = 256 * 1024;
    private static final int MOST_EVENT = 4 * 1024 * 1024;
    /** So that what nobody reads is held by the gateway, not by the kernel. */
    private static final int SMALL_WINDOW = 64 * 1024;
    /**
     * What has come in this time is read at once; being woken for each token would take core 0 from the server. It is part of
     * all latencies.
     */
    private static final long PACED_PAUSE = TimeUnit.MICROSECONDS.toNanos(Integer.getInteger("benchmark.pause", 500));
    private static final long MOST_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final String BODY = "{\"model\":\"%s\",%s,\"stream\":true%s}";

    final StreamScan scan;
    final Work work;
    final byte[] handshake;
    final byte[] request;
    /** From the request to the first delta, and from a paced token's departure to its arrival; in nanoseconds. */
    final Histogram first = new Histogram(MOST_NANOS, 3);
    final Histogram latency = new Histogram(MOST_NANOS, 3);
    final ByteBuffer received = ByteBuffer.allocate(RECEIVED);
    private final byte[] body = new byte[RECEIVED + MOST_EVENT];
    private final InetSocketAddress address;
    private final Selector selector;
    private final boolean once;
    private volatile long deltas;
    private volatile boolean more = true;
    private volatile boolean reading;
    private boolean read;
    private long counted;
    private int underWay;
    private long whole;
    private long failed;
    private IOException lastFailure;

    /**
     * @param once whether each connection makes one stream only
     * @param reading whether what comes is read before {@link #read()}
     */
    StreamRun(StreamScan scan, int port, Work work, boolean once, boolean reading) throws IOException {
        this.scan = scan;
        this.work = work;
        this.once = once;
        this.reading = reading;
        this.read = reading;
        this.address = new InetSocketAddress("127.0.0.1", port);
        this.selector = Selector.open();
        boolean chat = scan == StreamScan.CHAT;
        String json = String.format(BODY, work.model(), chat
                ? "\"messages\":[{\"role\":\"user\",\"content\":\"Why is the sky blue?\"}]"
                : "\"input\":\"Why is the sky blue?\",\"store\":false",
                chat ? ",\"stream_options\":{\"include_usage\":true}" : "");
        if (scan == StreamScan.WEBSOCKET) {
            handshake = Unframer.handshake(port);
            request = Unframer.frame("{\"type\":\"response.create\"," + json.substring(1));
            return;
        }
        handshake = new byte[0];
        request = ("POST /v1/" + (chat ? "chat/completions" : "responses") + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nContent-Type: application/json\r\nAccept: text/event-stream\r\nContent-Length: " + json.length()
                + "\r\n\r\n" + json).getBytes(US_ASCII);
    }

    /** Runs until all streams are over. */
    void run(int streams, long latestEnd) throws IOException {
        for (int i = 0; i < streams; i++) {
            underWay++;
            connect();
        }
        while (underWay > 0 && System.nanoTime() < latestEnd) {
            selector.select(this::ready, 100);
            deltas = counted;
            if (work.isPaced()) {
                LockSupport.parkNanos(PACED_PAUSE);
            }
            if (reading && !read) {
                read = true;
                selector.keys().forEach(key -> key.interestOps(SelectionKey.OP_READ));
            }
        }
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }

    private void connect() throws IOException {
        new StreamConnection(this, selector, address, read ? 0 : SMALL_WINDOW);
    }

    private void ready(SelectionKey key) {
        StreamConnection connection = (StreamConnection) key.attachment();
        try {
            if (key.isConnectable()) {
                connection.connected(key);
                key.interestOps(read ? SelectionKey.OP_READ : 0);
            } else if (!connection.read(body)) {
                over(connection, key, null);
            }
        } catch (IOException | IllegalStateException e) {
            over(connection, key, e instanceof IOException io ? io : new IOException(e));
        }
    }

    private void over(StreamConnection connection, SelectionKey key, IOException failure) {
        IOException why = failure != null ? failure : connection.failure();
        if (why == null) {
            whole++;
        } else {
            failed++;
            lastFailure = why;
        }
        try {
            boolean next = more && !once && failed < 1000;
            if (!next) {
                underWay--;
            }
            if (next && why == null) {
                connection.request();
            } else {
                key.channel().close();
                if (next) {
                    connect();
                }
            }
        } catch (IOException e) {
            lastFailure = e;
            failed++;
            underWay--;
        }
    }

    void counted(int more) {
        counted += more;
    }

    /** Begins no further streams. */
    void finish() {
        more = false;
    }

    void read() {
        reading = true;
        selector.wakeup();
    }

    /** Deltas until now; from any thread. */
    long deltas() {
        return deltas;
    }

    long whole() {
        return whole;
    }

    /** Streams that failed, and those that had not ended when the time was over. */
    long failed() {
        return failed + underWay;
    }

    IOException lastFailure() {
        return lastFailure;
    }
}
