package io.quarkiverse.llm.runtime.wire.chat;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;

import io.quarkiverse.llm.runtime.config.preset.ReasoningField;
import io.quarkiverse.llm.runtime.wire.DegradeMode;
import io.quarkiverse.llm.runtime.wire.InvalidRequestException;
import io.quarkiverse.llm.runtime.wire.ReceivedRequest;

/** A request on its way through the server's codec. JSON is written with {@code '} for the quotes. */
final class Received {

    static final ChatServerCodec CODEC = new ChatServerCodec(ReasoningField.REASONING_CONTENT);

    private Received() {
    }

    static ReceivedRequest of(String body, DegradeMode mode) {
        return CODEC.decode(body.getBytes(StandardCharsets.UTF_8), mode);
    }

    static ReceivedRequest of(String body) {
        return of(body.replace('\'', '"'), DegradeMode.PLACEHOLDER);
    }

    /** A request that says this besides a question. */
    static ReceivedRequest with(String fields) {
        return of("{'model':'m','messages':[{'role':'user','content':'Hi'}]," + fields + "}");
    }

    static ReceivedRequest ofMessages(String messages, DegradeMode mode) {
        return of(("{'model':'m','messages':[" + messages + "]}").replace('\'', '"'), mode);
    }

    static ReceivedRequest ofMessages(String messages) {
        return ofMessages(messages, DegradeMode.PLACEHOLDER);
    }

    static InvalidRequestException refused(String body) {
        return catchThrowableOfType(InvalidRequestException.class, () -> of(body));
    }

    static InvalidRequestException refusedWith(String fields) {
        return catchThrowableOfType(InvalidRequestException.class, () -> with(fields));
    }
}
