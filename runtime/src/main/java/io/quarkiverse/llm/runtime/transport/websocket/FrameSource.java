package io.quarkiverse.llm.runtime.transport.websocket;

/** A request whose message is made when it is known on which connection it goes, since that may know some of it already. */
public interface FrameSource {

    /**
     * How much of the request the server knows on a connection that has this: the most is taken. Called on any thread, for many
     * connections at a time, with the pool locked: to be answered at once, from memory, without a lock.
     *
     * @return 0 for nothing
     */
    int known(Attachment attachment);

    /**
     * The message, for the connection that has this. Called on the context of the exchange; once more for each time that the
     * message is to be sent again, or on another connection.
     *
     * @return UTF-8; is not changed after this
     */
    byte[] frame(Attachment attachment);

    /** About how many bytes it takes while it waits for a connection. */
    long size();

    /** One that is the same on every connection. */
    static FrameSource of(byte[] frame) {
        return new FrameSource() {
            @Override
            public int known(Attachment attachment) {
                return 0;
            }

            @Override
            public byte[] frame(Attachment attachment) {
                return frame;
            }

            @Override
            public long size() {
                return frame.length;
            }
        };
    }
}
