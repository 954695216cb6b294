package io.quarkiverse.llm.runtime.provider;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;

import io.quarkiverse.llm.runtime.transport.HttpTransport;
import io.quarkiverse.llm.runtime.wire.ApiDecoding;
import io.quarkiverse.llm.runtime.wire.Turns;
import io.quarkiverse.llm.scripted.Api;
import io.quarkiverse.llm.scripted.Deviation;
import io.quarkiverse.llm.scripted.Fault;
import io.quarkiverse.llm.scripted.Framing;

/** Over HTTP, in either wire API. */
abstract class OverHttpProperties extends StreamProperties {

    private static final List<Framing> FRAMINGS = List.copyOf(EnumSet.complementOf(EnumSet.of(Framing.FINISH_THEN_OPEN)));

    OverHttpProperties(Api api) {
        super(api);
    }

    static void start(Api api) {
        start(settings -> settings.api(Trials.WIRE_APIS.get(api)),
                (settings, vertx) -> new HttpTransport(settings, vertx, options -> {
                }),
                (settings, transport, vertx) -> new WireProvider(settings, ApiDecoding.codec(api, settings), transport, vertx));
    }

    @Override
    List<Fault> odd(List<Deviation> deviations, Random random) {
        Framing framing = FRAMINGS.get(random.nextInt(FRAMINGS.size()));
        return Turns.isEndSaid(framing, deviations) ? List.of(framing) : List.of();
    }

    @Override
    Fault breakage(Random random) {
        int at = random.nextInt(12);
        return switch (random.nextInt(8)) {
            case 0 -> Fault.dropAfterEvents(at);
            case 1 -> Fault.dropAfterBytes(at * 40);
            case 2 -> Fault.resetAfterEvents(at);
            case 3 -> Fault.endAfterEvents(at);
            case 4 -> Fault.endAfterBytes(at * 40);
            case 5 -> Fault.stallAfterBytes(1 + at * 40);
            case 6 -> Fault.dropBeforeHead();
            default -> Fault.contentType("text/html");
        };
    }
}
