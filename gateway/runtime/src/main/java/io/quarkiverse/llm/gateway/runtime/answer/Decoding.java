package io.quarkiverse.llm.gateway.runtime.answer;

import java.util.function.Consumer;

import io.quarkiverse.llm.runtime.wire.DegradeMode;
import io.quarkiverse.llm.runtime.wire.ServerCodec;
import io.vertx.core.buffer.Buffer;

/** Makes requests of bodies. */
@FunctionalInterface
interface Decoding {

    /** Goes on with what is asked, or lets the exchange fail. */
    void decode(Exchange exchange, Buffer body, Consumer<Asked> next);

    /** Of requests that say everything themselves. */
    static Decoding of(ServerCodec codec, DegradeMode mode) {
        return (exchange, body, next) -> exchange.compute(body.length(), () -> codec.decode(JsonBytes.of(body), mode),
                received -> next.accept(Asked.of(received, body.length())));
    }
}
