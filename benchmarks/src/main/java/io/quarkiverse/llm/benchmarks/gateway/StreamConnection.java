package io.quarkiverse.llm.benchmarks.gateway;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/** A connection whose streams come one after the other. */
final class StreamConnection implements StreamScan.Found {

    private static final byte[] NOTHING = new byte[0];

    private final StreamRun run;
    private final SocketChannel channel;
    private final Unwrapping answer;
    /** The beginning of an event whose end has not come yet. */
    private byte[] rest = NOTHING;
    private long requested;
    private long now;
    private int deltas;
    private int counted;
    private int completed;

    StreamConnection(StreamRun run, Selector selector, InetSocketAddress address, int window) throws IOException {
        this.run = run;
        answer = run.scan == StreamScan.WEBSOCKET ? new Unframer() : new Dechunker();
        channel = SocketChannel.open();
        channel.configureBlocking(false).register(selector, SelectionKey.OP_CONNECT, this);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        if (window > 0) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, window);
        }
        channel.connect(address);
    }

    void connected(SelectionKey key) throws IOException {
        channel.finishConnect();
        if (run.handshake.length > 0) {
            write(run.handshake);
        } else {
            request();
        }
    }

    void request() throws IOException {
        deltas = 0;
        counted = 0;
        completed = 0;
        requested = System.nanoTime();
        write(run.request);
    }

    private void write(byte[] request) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(request);
        channel.write(bytes);
        if (bytes.hasRemaining()) {
            throw new IOException("no room for a request");
        }
    }

    /** @return whether the stream goes on */
    boolean read(byte[] body) throws IOException {
        run.received.clear();
        int length = channel.read(run.received);
        if (length < 0) {
            throw new EOFException("the connection ended after " + deltas + " deltas");
        }
        now = System.nanoTime();
        System.arraycopy(rest, 0, body, 0, rest.length);
        int end = answer.read(run.received.array(), length, body, rest.length);
        if (answer instanceof Unframer frames && frames.isReady()) {
            request();
        }
        int scanned = run.scan.scan(body, end, run.work.isPaced(), this);
        rest = scanned == end ? NOTHING : Arrays.copyOfRange(body, scanned, end);
        run.counted(deltas - counted);
        counted = deltas;
        return !answer.isOver();
    }

    @Override
    public void delta(long timestamp) {
        if (deltas++ == 0) {
            run.first.recordValue(now - requested);
        }
        if (timestamp > 0 && run.work.isPaced()) {
            run.latency.recordValue(Math.max(0, now - timestamp));
        }
    }

    @Override
    public void completed() {
        completed++;
    }

    /** What was wrong with the stream that has ended, or null. */
    IOException failure() {
        return deltas == run.work.tokens() && completed == 1 && rest.length == 0 ? null
                : new IOException(deltas + " deltas, completed " + completed + " times, " + rest.length + " bytes left over");
    }
}
