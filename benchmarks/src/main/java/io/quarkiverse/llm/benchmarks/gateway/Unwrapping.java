package io.quarkiverse.llm.benchmarks.gateway;

import java.io.IOException;

/** Takes what a connection brings apart, however its bytes arrive. One answer after the other. */
interface Unwrapping {

    /**
     * @param from the bytes of the connection
     * @param body where the events go
     * @return where they end there now
     * @throws IOException when this is no answer
     */
    int read(byte[] from, int length, byte[] body, int end) throws IOException;

    /** Whether an answer has ended since this was asked last. */
    boolean isOver();
}
