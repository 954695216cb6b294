package io.quarkiverse.llm.runtime.wire.chat;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import io.quarkiverse.llm.LlmDecodeException;
import io.quarkiverse.llm.LlmErrorDetails;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.LlmServerException;
import io.quarkiverse.llm.LlmTruncatedStreamException;
import io.quarkiverse.llm.Repair;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.config.SecretMask;
import io.quarkiverse.llm.runtime.config.SettingKey;
import io.quarkiverse.llm.runtime.wire.ErrorResponses;
import io.quarkiverse.llm.runtime.wire.Payloads;
import io.quarkiverse.llm.runtime.wire.RepairLog;
import io.quarkiverse.llm.runtime.wire.ResponseDecoder;

/**
 * Decodes an answer of the Chat Completions API. A whole answer is read like a chunk that says everything at once, so that
 * both survive the same oddities.
 */
final class ChatResponseDecoder implements ResponseDecoder {

    private final String provider;
    private final Payloads payloads;
    private final RepairLog repairs;
    private final ResponseAssembler response;
    private final ChatChunkReader reader = new ChatChunkReader();
    private byte[] data = {};
    private int offset;
    private int length;
    private boolean understood;

    ChatResponseDecoder(ProviderSettings settings, String requestedModel, SecretMask secrets, Consumer<LlmEvent> events) {
        this.provider = settings.name();
        this.payloads = new Payloads(provider, secrets);
        this.repairs = new RepairLog(settings, this::received);
        this.response = new ResponseAssembler(requestedModel, repairs, events);
    }

    private void receive(byte[] newData, int newOffset, int newLength) {
        data = newData;
        offset = newOffset;
        length = newLength;
    }

    private String received() {
        return payloads.masked(data, offset, length);
    }

    @Override
    public void event(String name, byte[] data, int offset, int length) {
        if (response.isComplete() || Payloads.isBlank(data, offset, length)) {
            return;
        }
        receive(data, offset, length);
        if (Payloads.isDone(data, offset, length)) {
            response.complete();
            return;
        }
        if (name.equals("error")) {
            throw ErrorResponses.ofAnswer(provider, received());
        }
        if (!name.isEmpty() && data[offset] != '{' && data[offset] != '[') {
            // A named event that is no chunk, such as a ping.
            return;
        }
        ChatChunk chunk = read(data, offset, length);
        if (chunk.hasError
                || !chunk.hasChoice && chunk.usage == null && ErrorResponses.isError(Payloads.text(data, offset, length))) {
            throw ErrorResponses.ofAnswer(provider, received());
        }
        take(chunk, true);
    }

    @Override
    public void body(byte[] data, int offset, int length) {
        if (Payloads.isBlank(data, offset, length)) {
            throw truncated();
        }
        receive(data, offset, length);
        ChatChunk answer = read(data, offset, length);
        if (answer.hasError || !answer.hasChoice && ErrorResponses.isError(Payloads.text(data, offset, length))) {
            throw ErrorResponses.ofAnswer(provider, received());
        }
        if (!answer.hasChoice) {
            throw payloads.unreadable("an answer without choices", data, offset, length, null);
        }
        take(answer, false);
        response.complete();
    }

    @Override
    public void end() {
        if (response.isComplete()) {
            return;
        }
        if (!response.hasEnded()) {
            throw truncated();
        }
        response.complete();
    }

    private LlmException truncated() {
        String message = SettingKey.subject(provider) + " stopped "
                + (response.partial().isPresent() ? "in the middle of its answer" : "before its answer began")
                + ": neither a finish_reason nor [DONE] had come";
        return new LlmTruncatedStreamException(message, LlmErrorDetails.of(provider), null);
    }

    private ChatChunk read(byte[] data, int offset, int length) {
        try {
            return reader.read(data, offset, length, response.isIdentified(), response.hasStarted());
        } catch (IOException e) {
            throw payloads.unreadable("something that is not JSON", data, offset, length, e);
        }
    }

    private void take(ChatChunk chunk, boolean streamed) {
        understood |= chunk.hasChoice || chunk.furtherChoice > 0 || chunk.usage != null;
        if (chunk.furtherChoice > 0) {
            throw new LlmDecodeException(
                    SettingKey.subject(provider) + " answered with several choices (n > 1): only one can be read",
                    "", LlmErrorDetails.of(provider), null);
        }
        if (!response.isIdentified()) {
            response.identify(chunk.id, chunk.model, chunk.created);
        }
        if (chunk.serviceTier != null) {
            response.serviceTier(chunk.serviceTier);
        }
        takeContent(chunk, streamed);
        if (chunk.usage != null) {
            response.usage(chunk.usage);
        }
        if (chunk.finishReason != null) {
            finish(chunk.finishReason);
        }
    }

    private void takeContent(ChatChunk chunk, boolean streamed) {
        String reasoning = chunk.anyReasoning();
        if (reasoning != null && !reasoning.isEmpty()) {
            response.reasoning(reasoning);
        }
        if (chunk.content != null && !chunk.content.isEmpty()) {
            response.text(chunk.content, chunk.logprobs);
        }
        if (chunk.refusal != null && !chunk.refusal.isEmpty()) {
            response.refusal(chunk.refusal);
        }
        for (int i = 0; i < chunk.annotations.size(); i++) {
            response.annotation(chunk.annotations.get(i));
        }
        for (int i = 0; i < chunk.toolFragments.size(); i++) {
            ChatChunk.ToolFragment fragment = chunk.toolFragments.get(i);
            if (streamed && fragment.index() < 0) {
                repairs.add(Repair.MISSING_INDEX, "a piece of a tool call", "has no index");
            }
            response.toolCall(fragment.index(), fragment.id(), fragment.kind(), fragment.name(), fragment.arguments());
        }
    }

    private void finish(String finishReason) {
        if (finishReason.equals("error")) {
            // OpenRouter, when the provider behind it failed in the middle.
            throw new LlmServerException(SettingKey.subject(provider) + " broke off: finish_reason is 'error'",
                    LlmErrorDetails.of(provider));
        }
        response.ending(ResponseEnding.ofFinishReason(finishReason));
    }

    @Override
    public boolean isComplete() {
        return response.isComplete();
    }

    @Override
    public boolean mayEnd() {
        return response.hasEnded();
    }

    @Override
    public boolean hasUnderstood() {
        return understood || response.isComplete();
    }

    @Override
    public Optional<LlmResponse> partial() {
        return response.partial();
    }

    @Override
    public Map<Repair, Integer> repairs() {
        return repairs.counts();
    }
}
