package io.quarkiverse.llm.runtime.transport.websocket;

import io.netty.channel.EventLoop;

/** What the pool knows of a connection. */
interface Pooled {

    Handshake handshake();

    EventLoop eventLoop();

    Attachment attachment();

    /** It is no longer in the pool, and nobody has it. Thread-safe. */
    void close();
}
