package io.quarkiverse.llm.gateway.runtime.translation;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.gateway.runtime.seal.Opening;
import io.quarkiverse.llm.gateway.runtime.seal.Seal;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.Degradation;
import io.quarkiverse.llm.runtime.wire.DegradeMode;
import io.quarkiverse.llm.runtime.wire.InvalidRequestException;
import io.quarkiverse.llm.runtime.wire.ReceivedRequest;

/**
 * A request as a provider can take it, and the way back. Immutable; the same request gives the same translation, and what has
 * been sent of a conversation stays as it is when the conversation grows, so that prompt caches hit.
 */
public final class Translation {

    private final LlmRequest request;
    private final List<Degradation> degradations;
    private final RestoredResponse responses;
    private final boolean carriesReasoning;
    private final Seal seal;

    private Translation(ReceivedRequest received, LlmRequest request, List<Degradation> degradations,
            Map<String, RestoredTool> tools, Seal seal) {
        this.request = request;
        this.seal = seal;
        this.carriesReasoning = received.request().include().contains(CarriedReasoning.INCLUDE);
        this.degradations = degradations;
        this.responses = new RestoredResponse(tools);
    }

    /**
     * @param received what the client has sent
     * @param client the wire API that it came in
     * @param traits of the provider that will answer
     * @param mode what becomes of what the provider cannot take
     * @param passThrough the names of unknown fields that go to the provider as they are
     * @param seal of who asks: for what is given to him to carry, and for what he brings back
     * @throws InvalidRequestException when the client demands what cannot be, sends outputs of calls and nothing else, or more
     *         sealed reasoning than is opened for one request; never for anything else that it replays of a conversation
     */
    public static Translation of(ReceivedRequest received, WireApi client, ProviderTraits traits, DegradeMode mode,
            Set<String> passThrough, Seal seal) {
        LlmRequest asked = received.request();
        OutputsAlone.refuse(asked, client);
        ProviderTraits target = traits.forRequest(asked);
        StoredByNobody.refuse(asked, target);
        Notes notes = new Notes(received.degradations());
        LlmRequest.Builder request = RequestFields.of(received, client, target, notes);
        FittingItems fitting = new FittingItems(new FittingContent(client, target, mode, notes), new Opening(seal));
        ExtraFields.add(received, client == target.api(), passThrough, request, notes);
        if (!target.isChatInside()) {
            List<Item> input = History.of(asked, fitting, item -> item);
            LlmRequest same = request.tools(asked.tools()).toolChoice(asked.toolChoice().orElse(null)).input(input).build();
            return new Translation(received, same, notes.all(), Map.of(), seal);
        }
        LoweredTools tools = LoweredTools.of(asked, notes);
        request.tools(tools.functions()).toolChoice(tools.choice().orElse(null));
        if (tools.functions().isEmpty()) {
            request.parallelToolCalls(null);
        }
        request.input(History.of(asked, fitting, tools::lowered));
        return new Translation(received, request.build(), notes.all(), tools.restored(), seal);
    }

    /** What goes to the provider. */
    public LlmRequest request() {
        return request;
    }

    /** All that was not handed on as it came, in the order of the request's reading; those of its decoding first. */
    public List<Degradation> degradations() {
        return degradations;
    }

    /**
     * A stage for the events of one answer.
     *
     * @param next takes them as the client expects them
     */
    public Consumer<LlmEvent> restoring(Consumer<LlmEvent> next) {
        Consumer<LlmEvent> last = carriesReasoning ? new CarriedReasoning(seal).before(next) : next;
        return new MalformedCalls(responses.tools().isEmpty() ? last : new RestoredCalls(responses, last));
    }

    /** A whole answer as the client expects it. */
    public LlmResponse restored(LlmResponse response) {
        LlmResponse whole = MalformedCalls.of(response);
        LlmResponse carried = carriesReasoning ? new CarriedReasoning(seal).of(whole) : whole;
        return responses.tools().isEmpty() ? carried : responses.of(carried);
    }
}
