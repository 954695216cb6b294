package io.quarkiverse.llm.runtime.wire.responses;

import java.time.Instant;
import java.util.Optional;

import io.quarkiverse.llm.FinishReason;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Repair;
import io.quarkiverse.llm.ResponseError;
import io.quarkiverse.llm.ResponseStatus;
import io.quarkiverse.llm.runtime.wire.Ids;
import io.quarkiverse.llm.runtime.wire.RepairLog;

/** What is known of a response besides its items. The last word of the server counts. */
final class ResponseState {

    private static final String THE_RESPONSE = "the response";

    /** What the request says of the response; no limit where it is not known. */
    record Asked(String model, Optional<Long> maxOutputTokens, boolean background) {
    }

    private final Asked asked;
    private final RepairLog repairs;
    private ReceivedResponse last;
    private String id;
    private String model;
    private Instant createdAt;
    private boolean identified;

    ResponseState(Asked asked, RepairLog repairs) {
        this.asked = asked;
        this.repairs = repairs;
    }

    void take(ReceivedResponse received) {
        last = received;
        if (!identified && received.id != null) {
            id = received.id;
            identified = true;
        }
        model = received.model == null ? model : received.model;
        createdAt = received.createdAt == null ? createdAt : received.createdAt;
    }

    boolean isIdentified() {
        return identified && model != null && createdAt != null;
    }

    /** Makes up what is not known yet. A response that tells its id later still gets it: it may be asked for by it. */
    LlmEvent.ResponseStarted started() {
        if (id == null) {
            repairs.add(Repair.MISSING_RESPONSE_ID, THE_RESPONSE, "has no id");
            id = Ids.made("resp");
        }
        if (model == null) {
            repairs.add(Repair.MISSING_MODEL, THE_RESPONSE, "does not name its model");
            model = asked.model();
        }
        if (createdAt == null) {
            repairs.add(Repair.MISSING_CREATED_AT, THE_RESPONSE, "has no created_at");
            createdAt = Instant.now();
        }
        return new LlmEvent.ResponseStarted(id, model, createdAt);
    }

    /** The response with what has arrived, as far as it is known. */
    LlmResponse partial(OutputItems items) {
        return builder(items).status(ResponseStatus.INCOMPLETE).finishReason(FinishReason.OTHER).build();
    }

    LlmResponse ended(OutputItems items, ResponseStatus status, boolean callsWhole) {
        LlmResponse.Builder response = builder(items).status(status);
        if (status == ResponseStatus.COMPLETED && callsWhole) {
            return response.finishReason(items.haveCompletedCalls() ? FinishReason.TOOL_CALLS : FinishReason.STOP).build();
        }
        if (status == ResponseStatus.COMPLETED) {
            String reason = reachesLimit() ? "max_output_tokens" : "invalid_tool_call";
            return response.status(ResponseStatus.INCOMPLETE).incompleteReason(reason)
                    .finishReason(finishReason(reason)).build();
        }
        String reason = last == null ? null : last.incompleteReason;
        if (last != null && last.error != null) {
            String code = Received.text(last.error, "code");
            String message = Received.text(last.error, "message");
            response.error(new ResponseError(code == null ? "" : code, message == null ? "" : message));
        }
        return response.incompleteReason(reason).providerFinishReason(reason).finishReason(finishReason(reason)).build();
    }

    /** The only sign of a cut with servers that call every response completed (llama.cpp). */
    private boolean reachesLimit() {
        return last != null && last.usage != null && asked.maxOutputTokens().isPresent()
                && last.usage.outputTokens() >= asked.maxOutputTokens().get();
    }

    private static FinishReason finishReason(String incompleteReason) {
        if (incompleteReason == null) {
            return FinishReason.OTHER;
        }
        return switch (incompleteReason) {
            case "max_output_tokens", "max_tokens", "length" -> FinishReason.LENGTH;
            case "content_filter" -> FinishReason.CONTENT_FILTER;
            default -> FinishReason.OTHER;
        };
    }

    private LlmResponse.Builder builder(OutputItems items) {
        LlmResponse.Builder response = LlmResponse.builder().id(id).model(model).createdAt(createdAt).items(items.items())
                .repairs(repairs.counts());
        if (last != null) {
            response.usage(last.usage).serviceTier(last.serviceTier).previousResponseId(last.previousResponseId)
                    .conversation(last.conversation).metadata(last.metadata).completedAt(last.completedAt)
                    .extraBody(last.extraBody);
        }
        return response;
    }
}
