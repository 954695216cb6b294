package io.quarkiverse.llm.runtime.wire.responses;

import static io.quarkiverse.llm.runtime.wire.responses.FirstTurn.ANSWER;
import static io.quarkiverse.llm.runtime.wire.responses.FirstTurn.CALL;
import static io.quarkiverse.llm.runtime.wire.responses.FirstTurn.HIDDEN;
import static io.quarkiverse.llm.runtime.wire.responses.FirstTurn.codec;
import static io.quarkiverse.llm.runtime.wire.responses.FirstTurn.first;
import static io.quarkiverse.llm.runtime.wire.responses.FirstTurn.input;
import static io.quarkiverse.llm.runtime.wire.responses.FirstTurn.response;
import static io.quarkiverse.llm.runtime.wire.responses.FirstTurn.state;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.ItemStatus;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OutputFormat;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.Repair;
import io.quarkiverse.llm.ResponseStatus;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.ToolChoice;
import io.quarkiverse.llm.ToolOutput;
import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.quarkiverse.llm.runtime.config.preset.Quirk;
import io.quarkiverse.llm.runtime.config.preset.ToolCallIds;

/**
 * After which answers a conversation is known, and which turns go on from there; unless said otherwise the server is OpenAI.
 */
class ConversationStateTest {

    private final ResponsesCodec codec = codec(Bodies.settings(Preset.OPENAI));

    /** How much of the next turn is known, when the first was this one and its answer a call. */
    private int known(LlmRequest.Builder first, UnaryOperator<LlmRequest.Builder> next) {
        LlmResponse response = response(CALL).build();
        LlmRequest request = first.build();
        ConversationState state = state(codec, request, response);
        return state.known(codec.turn(
                next.apply(request.toBuilder().append(response).toolOutput("call_1", "4")).build()));
    }

    @Test
    void anEqualHistoryOfOtherInstancesIsKnown() {
        LlmRequest request = first().build();
        ConversationState state = state(codec, request, response(HIDDEN, CALL).build());
        Item sameCall = ToolCall.builder("call_1", "f").id("fc_1").status(ItemStatus.COMPLETED).arguments("{}").build();
        Item sameReasoning = new Reasoning(Optional.of("rs_1"), Optional.empty(), List.of(), List.of(), Optional.empty());

        assertThat(state.known(codec.turn(first().item(sameReasoning).item(sameCall).toolOutput("call_1", "4").build())))
                .isEqualTo(3);
    }

    /** As clients of a gateway replay it. */
    @Test
    void aHistoryThatHasLostIdsAndStatusesIsKnown() {
        ConversationState state = state(codec, first().build(), response(CALL, ANSWER).build());

        assertThat(state.known(codec.turn(first().item(ToolCall.function("call_1", "f", "{}")).assistant("4")
                .toolOutput("call_1", "4").build()))).isEqualTo(3);
    }

    @Test
    void aChangedHistoryIsSentWhole() {
        ConversationState state = state(codec, first().build(), response(HIDDEN, CALL).build());
        Item output = ToolOutput.of("call_1", "4");
        Item question = Message.user("What is 2 + 2?");

        List<List<Item>> others = List.of(
                List.of(Message.user("What is 2 + 3?"), HIDDEN, CALL, output),
                List.of(question, CALL, output),
                List.of(question, HIDDEN, output, CALL),
                List.of(CALL, HIDDEN, question, output),
                List.of(question, ((Reasoning) HIDDEN).withId("rs_2"), CALL, output),
                List.of(question, HIDDEN, ToolCall.function("call_1", "f", "{ }"), output),
                List.of(question, HIDDEN, ToolCall.custom("call_1", "f", "{}"), output),
                List.of(question, HIDDEN, ((ToolCall) CALL).toBuilder().status(ItemStatus.INCOMPLETE).build(), output),
                List.of(Message.developer("What is 2 + 2?"), HIDDEN, CALL, output),
                List.of(question, HIDDEN), List.of(question, output));
        for (List<Item> items : others) {
            LlmRequest.Builder request = LlmRequest.builder().model("m").instructions("Be short")
                    .tool(Tool.function("f", "F")).store(false).items(items);
            assertThat(state.known(codec.turn(request.build()))).as("%s", items).isZero();
        }
    }

    @Test
    void withoutAnythingNewItIsSentWhole() {
        ConversationState state = state(codec, first().build(), response(CALL).build());
        ToolCall cut = ToolCall.builder("call_2", "f").status(ItemStatus.INCOMPLETE).arguments("{").build();

        assertThat(state.known(codec.turn(first().item(CALL).build()))).isZero();
        assertThat(state.known(codec.turn(first().item(CALL).item(cut).build()))).isZero();
    }

    @Test
    void whateverElseIsSaidMustBeTheSame() {
        assertThat(known(first(), next -> next)).isEqualTo(2);
        assertThat(known(first(), next -> next.timeout(Duration.ofSeconds(1)))).isEqualTo(2);
        List<UnaryOperator<LlmRequest.Builder>> changes = List.of(next -> next.model("n"),
                next -> next.instructions("Be long"), next -> next.tool(Tool.function("g", "G")),
                next -> next.toolChoice(ToolChoice.NONE), next -> next.temperature(0.1),
                next -> next.include("file_search_call.results"), next -> next.metadata("a", "b"),
                next -> next.store(true), next -> next.outputFormat(OutputFormat.JSON), next -> next.truncation("auto"),
                next -> next.promptCacheKey("k"), next -> next.safetyIdentifier("s"), next -> next.serviceTier("flex"),
                next -> next.reasoningEffort("high"), next -> next.extraBody("x", RawJson.of("1")));
        for (int i = 0; i < changes.size(); i++) {
            assertThat(known(first(), changes.get(i))).as("change %d", i).isZero();
        }
    }

    @Test
    void aServerThatMustNotSeeTheIdIsNotContinued() {
        ResponsesCodec other = codec(
                Bodies.settings(Preset.OPENAI).quirk(Quirk.OMITTED_FIELDS, Set.of("previous_response_id")));

        assertThat(other.turn(first().build()).answered(response(CALL).build())).isEmpty();
    }

    @Test
    void aResponseThatIsNotWholeIsNotContinued() {
        Turn turn = codec.turn(first().build());
        ToolCall cut = ((ToolCall) CALL).toBuilder().status(ItemStatus.INCOMPLETE).build();

        assertThat(turn.answered(response(CALL).build())).isPresent();
        assertThat(turn.answered(response(CALL).status(ResponseStatus.INCOMPLETE).build())).isEmpty();
        assertThat(turn.answered(response(CALL).status(ResponseStatus.FAILED).build())).isEmpty();
        assertThat(turn.answered(response(CALL).status(ResponseStatus.IN_PROGRESS).build())).isEmpty();
        assertThat(turn.answered(response(cut).build())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Repair.class)
    void aRepairThatLeavesADoubtOfTheItemsIsNotContinued(Repair repair) {
        boolean harmless = switch (repair) {
            case MISSING_MODEL, MISSING_CREATED_AT, MISSING_START, REPEATED_START, PART_NEVER_ADDED, INTERLEAVED_ITEMS,
                    MISSING_DELTAS, MISSING_OUTPUT ->
                true;
            default -> false;
        };

        assertThat(codec.turn(first().build()).answered(response(CALL).repairs(Map.of(repair, 1)).build())
                .isPresent()).isEqualTo(harmless);
    }

    @Test
    void anEndThatRepeatsOnlySomeItemsIsNotContinued() {
        assertThat(codec.turn(first().build())
                .answered(response(HIDDEN, CALL).repairs(Map.of(Repair.MISSING_OUTPUT, 1)).build())).isEmpty();
    }

    /** The server knows the call by the id that it gave it, not by the one that is sent back. */
    @Test
    void aCallWhoseIdIsSentBackInAnotherFormIsNotContinued() {
        ResponsesCodec other = codec(
                Bodies.settings(Preset.OPENAI).quirk(Quirk.TOOL_CALL_IDS, ToolCallIds.NINE_ALPHANUMERIC));

        assertThat(other.turn(first().build()).answered(response(CALL).build())).isEmpty();
        assertThat(other.turn(first().build()).answered(response(ToolCall.function("abcdef123", "f", "{}")).build()))
                .isPresent();
    }

    @Test
    void anOutputOfACutCallThatWasNotSentNeedsTheWholeInput() {
        ToolCall cut = ToolCall.builder("call_0", "f").status(ItemStatus.INCOMPLETE).arguments("{").build();

        assertThat(known(first().item(cut), next -> next)).isEqualTo(3);
        assertThat(known(first().item(cut), next -> next.toolOutput("call_0", "cut"))).isZero();
    }

    @Test
    void newInstructionsAmongTheItemsNeedTheWholeInputWhereTheyJoinTheFirst() {
        LlmResponse response = response(ANSWER).build();
        LlmRequest next = first().append(response).system("Be long").user("And 3 + 3?").build();
        ResponsesCodec merging = codec(Bodies.settings(Preset.OPENAI).quirk(Quirk.MERGE_INSTRUCTIONS, true));

        assertThat(state(codec, first().build(), response).known(codec.turn(next))).isEqualTo(2);
        assertThat(state(merging, first().build(), response).known(merging.turn(next))).isZero();
        LlmRequest after = next.toBuilder().append(response).user("And 4 + 4?").build();
        ConversationState state = state(merging, next, response);
        assertThat(state.known(merging.turn(after))).isEqualTo(5);
        assertThat(input(merging.turn(after).continuing(state))).hasSize(1);
        assertThat(state.known(merging.turn(after.toBuilder().instructions("Be precise").build()))).isZero();
    }

    @Test
    void theStateDoesNotHoldTheHistory() {
        List<WeakReference<Item>> items = new ArrayList<>();
        ConversationState state = stateOfForgotten(items);

        Awaitility.await().until(() -> {
            System.gc();
            return items.stream().allMatch(item -> item.get() == null);
        });
        assertThat(state.known(codec.turn(first().item(CALL).toolOutput("call_1", "4").build()))).isEqualTo(2);
    }

    private ConversationState stateOfForgotten(List<WeakReference<Item>> items) {
        LlmRequest request = first().build();
        LlmResponse response = response(ToolCall.function("call_1", "f", "{}")).build();
        request.input().forEach(item -> items.add(new WeakReference<>(item)));
        response.output().forEach(item -> items.add(new WeakReference<>(item)));
        return state(codec, request, response);
    }
}
