package io.quarkiverse.llm.runtime.wire.responses;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolOutput;
import io.quarkiverse.llm.runtime.json.ItemWriter;

/**
 * One request over WebSocket: what goes into the frame that sends it, where the connection knows a beginning of the
 * conversation, and where it knows none. Frames are encoded when they are asked for. For one thread at a time.
 */
public final class Turn {

    private final LlmRequest request;
    private final ReplayedInput input;
    private final TurnFrames frames;
    private final boolean stored;
    private final boolean continuable;
    private final KnownItem[] items;
    /** Made at once: what is asked for connections is asked with their pool locked. {@code null} where nobody asks. */
    private final Digest settings;
    /** The last one that was found to know something of this turn; {@code null} for none. */
    private ConversationState knowing;

    /**
     * @param stored whether the server keeps the response
     * @param continuable whether the input is all of the conversation, and nothing but the connection says what it follows
     */
    Turn(LlmRequest request, ReplayedInput input, TurnFrames frames, boolean stored, boolean continuable) {
        this.request = request;
        this.input = input;
        this.frames = frames;
        this.stored = stored;
        this.continuable = continuable;
        this.items = new KnownItem[request.input().size()];
        this.settings = continuable ? digestOfSettings() : null;
    }

    /** The frame that brings all of the input. */
    public byte[] whole() {
        return frames.frame(request.previousResponseId(), input.all());
    }

    /**
     * The frame that brings what is new.
     *
     * @param state of the connection that it goes to, which knows something of this turn
     * @throws IllegalArgumentException when it knows nothing of it
     */
    public byte[] continuing(ConversationState state) {
        int known = state.known(this);
        if (known == 0) {
            throw new IllegalArgumentException("Not the state of this conversation");
        }
        return frames.frame(Optional.of(state.responseId()), input.after(known));
    }

    /**
     * What the connection knows now, whichever of the frames it got. Empty where the next turn has to bring everything: when
     * the response is not whole, when it is in doubt whether the server has it as it was understood, or when the input was not
     * all of the conversation.
     *
     * @param response as it came out of the decoder
     */
    public Optional<ConversationState> answered(LlmResponse response) {
        if (!continuable || !KnownOutput.isOf(response) || response.output().stream()
                .anyMatch(item -> item instanceof ToolCall call && !input.isAnswerable(call))) {
            return Optional.empty();
        }
        List<Item> output = response.output();
        KnownItem[] known = Arrays.copyOf(items, items.length + output.size());
        for (int i = 0; i < known.length; i++) {
            known[i] = i < items.length ? item(i) : KnownItem.of(output.get(i - items.length));
        }
        return Optional.of(new ConversationState(response.id(), settings(), known, input.droppedCallIds()));
    }

    boolean isContinuable() {
        return continuable;
    }

    void knownTo(ConversationState state) {
        knowing = state;
    }

    boolean isKnownTo(ConversationState state) {
        return knowing == state;
    }

    int size() {
        return items.length;
    }

    /** Of all that must be the same in the turn before. */
    Digest settings() {
        return settings;
    }

    private Digest digestOfSettings() {
        return Digest.of(frames.settings(), json -> {
            json.writeStartArray();
            json.writeBoolean(stored);
            writeIncluded(json);
            if (input.leadingItem().isPresent()) {
                ItemWriter.write(json, input.leadingItem().get());
            }
            json.writeEndArray();
        });
    }

    /** What follows from the rest of the request only changes what the answer shows. */
    private void writeIncluded(JsonGenerator json) throws IOException {
        json.writeArray(request.include().toArray(String[]::new), 0, request.include().size());
    }

    /** Whether the item there is the one that is known. */
    boolean isAt(int place, KnownItem known) {
        if (known.isInstance(request.input().get(place))) {
            items[place] = known;
            return true;
        }
        return item(place).digest().equals(known.digest());
    }

    private KnownItem item(int place) {
        if (items[place] == null) {
            items[place] = KnownItem.of(request.input().get(place));
        }
        return items[place];
    }

    /** Whether one of the items from there on is an output of one of these calls. */
    boolean answers(Set<String> callIds, int from) {
        return !callIds.isEmpty() && rest(from).stream()
                .anyMatch(item -> item instanceof ToolOutput output && callIds.contains(output.callId()));
    }

    /** Whether anything is sent of the items from there on. */
    boolean brings(int from) {
        return !input.after(from).isEmpty();
    }

    private List<Item> rest(int from) {
        return request.input().subList(from, items.length);
    }
}
