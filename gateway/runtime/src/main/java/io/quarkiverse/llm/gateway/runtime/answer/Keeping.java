package io.quarkiverse.llm.gateway.runtime.answer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.jboss.logging.Logger;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.gateway.runtime.state.Turn;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonValue;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;

/**
 * Keeps the answer of one turn before its client hears of the end, so that it is there when the client comes back to it. When
 * that cannot be, or takes too long, the answer ends as one that is not kept.
 */
final class Keeping {

    private static final Logger LOG = Logger.getLogger(Keeping.class.getPackageName());

    private final Exchange exchange;
    private final Turn turn;
    private final Duration atMost;
    private final HiddenReasoning hidden = new HiddenReasoning();

    /**
     * @param atMost how long the client waits for it
     */
    Keeping(Exchange exchange, Turn turn, Duration atMost) {
        this.exchange = exchange;
        this.turn = turn;
        this.atMost = atMost;
    }

    /** Whether the answer is kept for later requests on any connection. */
    boolean isStored() {
        return turn.stored();
    }

    /** What of the answer clients may not see. */
    HiddenReasoning hidden() {
        return hidden;
    }

    /**
     * @param resource the response as the client will be told it
     * @param events that it is told in, where they are kept
     * @return the same, or one that says that it is not kept, or in no conversation; never fails
     */
    Uni<RawJson> keep(RawJson resource, Optional<byte[]> events) {
        JsonFields fields = JsonFields.of(resource);
        String id = fields.string("id").orElseThrow();
        List<RawJson> output = hidden.in(fields.list("output").stream().map(JsonValue::raw).toList());
        exchange.remember(id, turn.answered(output));
        return turn.conversation().isPresent()
                ? append(resource, output).chain(told -> keep(id, told, output, events))
                : keep(id, resource, output, events);
    }

    private Uni<RawJson> append(RawJson resource, List<RawJson> output) {
        return turn.append(resource, output).ifNoItem().after(atMost).fail().replaceWith(resource)
                .onFailure().recoverWithItem(failure -> {
                    LOG.warnf("%s The answer is not in its conversation, and its client is told so: %s", exchange.report().id(),
                            failure.getMessage());
                    return RawJson.of(new JsonObject(resource.text()).putNull("conversation"));
                });
    }

    private Uni<RawJson> keep(String id, RawJson resource, List<RawJson> output, Optional<byte[]> events) {
        if (!turn.stored()) {
            return Uni.createFrom().item(resource);
        }
        return turn.keep(resource, output, events)
                .ifNoItem().after(atMost).fail()
                .invoke(kept -> exchange.remember(id, kept))
                .replaceWith(resource)
                .onFailure().recoverWithItem(failure -> {
                    LOG.warnf("%s The response %s is not stored, and its client is told so: %s", exchange.report().id(), id,
                            failure.getMessage());
                    return notKept(resource);
                });
    }

    private static RawJson notKept(RawJson resource) {
        return RawJson.of(new JsonObject(resource.text()).put("store", false));
    }

    static byte[] utf8(RawJson json) {
        return json.text().getBytes(StandardCharsets.UTF_8);
    }
}
