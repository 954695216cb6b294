package io.quarkiverse.llm;

import java.util.concurrent.Executor;

import io.smallrye.mutiny.Multi;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** The end of a typed stream: holds the response back until it is read. */
final class ParsedStream {

    private final String provider;
    private final OutputType<?> type;
    private LlmResponse response;
    private Context context;

    private ParsedStream(String provider, OutputType<?> type) {
        this.provider = provider;
        this.type = type;
    }

    static Multi<LlmEvent> of(LlmProvider provider, LlmRequest request, OutputType<?> type) {
        ParsedStream end = new ParsedStream(provider.name(), type);
        // no operator that makes a stream of each event: most are deltas, and pass as they are
        Multi<LlmEvent> events = provider.stream(type.applyTo(request)).select().where(event -> !end.holds(event));
        return Multi.createBy().concatenating().streams(events, Multi.createFrom().deferred(end::events));
    }

    private boolean holds(LlmEvent event) {
        if (event instanceof LlmEvent.ResponseCompleted completed) {
            response = completed.response();
            context = Vertx.currentContext();
            return true;
        }
        return false;
    }

    private Multi<LlmEvent> events() {
        if (response == null) {
            throw withoutEnd(provider);
        }
        LlmEvent parsed = new LlmEvent.ResponseParsed<>(type.read(provider, response));
        Multi<LlmEvent> events = Multi.createFrom().items(parsed, new LlmEvent.ResponseCompleted(response));
        return context == null ? events : events.emitOn(on(context));
    }

    /** Demand may come from any thread, but events come on one context. */
    private static Executor on(Context context) {
        return task -> context.runOnContext(nothing -> task.run());
    }

    static LlmException withoutEnd(String provider) {
        return new LlmException("The stream of provider '" + provider + "' completed without a ResponseCompleted",
                LlmErrorDetails.of(provider));
    }
}
