package io.quarkiverse.llm.runtime.transport.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A request of a conversation: a connection knows it that has its name attached. */
class Conversation implements FrameSource {

    final String name;
    /** What was attached to the connection, each time that the message was made. */
    final List<String> attached = new CopyOnWriteArrayList<>();
    volatile Attachment attachment;

    Conversation(String name) {
        this.name = name;
    }

    @Override
    public int known(Attachment other) {
        return other.get(String.class).filter(name::equals).isPresent() ? 1 : 0;
    }

    @Override
    public byte[] frame(Attachment of) {
        attached.add(of.get(String.class).orElse("nothing"));
        attachment = of;
        return SocketFixture.FRAME.getBytes(UTF_8);
    }

    @Override
    public long size() {
        return SocketFixture.FRAME.length();
    }
}
