package io.quarkiverse.llm.runtime.provider;

import java.util.List;
import java.util.Random;

import io.quarkiverse.llm.runtime.config.StreamTransport;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesCodec;
import io.quarkiverse.llm.scripted.Api;
import io.quarkiverse.llm.scripted.Deviation;
import io.quarkiverse.llm.scripted.Fault;

/** Over WebSockets. Each try has a provider of its own, which has not found anything out; all share the connections. */
abstract class OverWebSocketProperties extends StreamProperties {

    OverWebSocketProperties() {
        super(Api.RESPONSES);
    }

    static void start(StreamTransport transport) {
        start(settings -> settings.api(WireApi.RESPONSES).transport(transport).capabilities(OverWebSocket.HAS_WEBSOCKETS),
                OverWebSocket::transports,
                (settings, transports, vertx) -> new WireProvider(settings, new ResponsesCodec(settings), transports, vertx));
    }

    @Override
    List<Fault> odd(List<Deviation> deviations, Random random) {
        return WebSocketFaults.harmless(random);
    }

    @Override
    Fault breakage(Random random) {
        return random.nextInt(14) == 0 ? Fault.stallAfterEvents(random.nextInt(12)) : WebSocketFaults.breaking(random);
    }
}
