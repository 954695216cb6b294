package io.quarkiverse.llm.scripted.grammar;

import static io.quarkiverse.llm.scripted.grammar.ResponsesRule.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** For each rule at least one stream that breaks it, and nothing else that is not named. */
class ResponsesGrammarTest {

    /** One thing that is broken in a legal stream. */
    record Mutant(String name, ResponsesRule rule, Supplier<List<JsonObject>> stream, Consumer<Edit> edit,
            Set<ResponsesRule> also) {

        List<JsonObject> events() {
            List<JsonObject> events = stream.get();
            edit.accept(new Edit(events));
            return events;
        }

        @Override
        public String toString() {
            return rule + ": " + name;
        }
    }

    private static Mutant mutant(ResponsesRule rule, String name, Supplier<List<JsonObject>> stream, Consumer<Edit> edit,
            ResponsesRule... also) {
        return new Mutant(name, rule, stream, edit, Set.of(also));
    }

    private static JsonObject json(String json) {
        return new JsonObject(json);
    }

    private static Stream<Mutant> ofTheOrder() {
        return Stream.of(
                mutant(KNOWN_EVENTS, "a keepalive", LegalStream::text,
                        e -> e.insertAfter(e.event("in_progress"), json("{\"type\": \"keepalive\"}"))),
                mutant(EVENT_FIELDS, "a delta without logprobs", LegalStream::text,
                        e -> e.event("output_text.delta").remove("logprobs")),
                mutant(EVENT_FIELDS, "arguments that end without the name", LegalStream::reasoningAndCalls,
                        e -> e.event("function_call_arguments.done").remove("name")),
                mutant(SEQUENCE_NUMBERS, "a gap", LegalStream::text, e -> e.last().put("sequence_number", 99)),
                mutant(SEQUENCE_NUMBERS, "no number", LegalStream::text, e -> e.event("in_progress").remove("sequence_number")),
                mutant(CREATED_FIRST, "no created", LegalStream::text, e -> e.remove(e.event("created"))),
                mutant(CREATED_FIRST, "created twice", LegalStream::text,
                        e -> e.insertAfter(e.event("created"), e.event("created").copy())),
                mutant(IN_PROGRESS, "no in_progress", LegalStream::text, e -> e.remove(e.event("in_progress"))),
                mutant(ANNOUNCEMENT_ORDER, "queued after in_progress", LegalStream::queued,
                        e -> e.moveAfter(e.event("in_progress"), e.event("queued"))),
                mutant(ANNOUNCED_BEFORE_ITEMS, "in_progress after an item", LegalStream::text,
                        e -> e.insertAfter(e.event("output_item.done"), e.event("in_progress").copy())),
                mutant(ANNOUNCED_STATUS, "created as completed", LegalStream::text,
                        e -> e.event("created").getJsonObject("response").put("status", "completed")),
                mutant(ANNOUNCED_WITHOUT_OUTPUT, "output in created", LegalStream::text, e -> e.event("created")
                        .getJsonObject("response").put("output", new JsonArray().add(e.output(0).copy()))),
                mutant(ANNOUNCED_WITHOUT_END, "usage in in_progress", LegalStream::text, e -> e.event("in_progress")
                        .getJsonObject("response").put("usage", e.response().getJsonObject("usage").copy())),
                mutant(OUTPUT_INDEX, "a gap", LegalStream::reasoningAndCalls,
                        e -> e.event("output_item.added", 2).put("output_index", 3)),
                mutant(ONE_ITEM_AT_A_TIME, "an item that ends after the next one began", LegalStream::reasoningAndCalls,
                        e -> e.moveAfter(e.event("output_item.added", 2), e.event("output_item.done", 1))),
                mutant(ITEM_OF_EVENT, "a delta of no item", LegalStream::text,
                        e -> e.remove(e.event("output_item.added")), OUTPUT, OUTPUT_EXACTLY),
                mutant(ITEM_OF_EVENT, "an item that ends twice", LegalStream::text,
                        e -> e.insertAfter(e.event("output_item.done"), e.event("output_item.done").copy())),
                mutant(ITEM_ID_OF_EVENT, "another id in a delta", LegalStream::text,
                        e -> e.event("output_text.delta").put("item_id", "x")),
                mutant(OWN_EVENTS, "arguments of a function for a custom tool", LegalStream::customCall,
                        e -> e.event("custom_tool_call_input.delta").put("type", "response.function_call_arguments.delta")),
                mutant(OWN_EVENTS, "a search in a message", LegalStream::text, e -> e.insertAfter(
                        e.event("output_item.added"), json("{\"type\": \"response.web_search_call.searching\", \"item_id\": "
                                + "\"item_0\", \"output_index\": 0}"))),
                mutant(ITEM_ENDS_ONCE, "an item that does not end", LegalStream::text,
                        e -> e.remove(e.event("output_item.done")), OUTPUT_EXACTLY));
    }

    private static Stream<Mutant> ofResponses() {
        return Stream.of(
                mutant(RESPONSE_FIELDS, "no safety_identifier at the end", LegalStream::text,
                        e -> e.response().remove("safety_identifier")),
                mutant(RESPONSE_FIELDS, "no usage in created", LegalStream::text,
                        e -> e.event("created").getJsonObject("response").remove("usage")),
                mutant(SAME_RESPONSE, "another id", LegalStream::text, e -> e.response().put("id", "resp_2")),
                mutant(SAME_ECHO, "another temperature", LegalStream::text, e -> e.response().put("temperature", 1)),
                mutant(TOOL_ECHO, "a tool without strict", LegalStream::text,
                        e -> List.of("created", "in_progress", "completed")
                                .forEach(type -> e.event(type).getJsonObject("response").getJsonArray("tools").getJsonObject(0)
                                        .remove("strict"))),
                mutant(END, "no last event", LegalStream::text, e -> e.remove(e.last())),
                mutant(NOTHING_AFTER_END, "in_progress after the end", LegalStream::text,
                        e -> e.insertAfter(e.last(), e.event("in_progress").copy())),
                mutant(END_STATUS, "in_progress", LegalStream::text, e -> e.response().put("status", "in_progress")),
                mutant(OUTPUT, "no output", LegalStream::text, e -> e.response().put("output", new JsonArray()),
                        OUTPUT_EXACTLY),
                mutant(OUTPUT, "another item", LegalStream::text, e -> e.output(0).put("phase", "final_answer"),
                        OUTPUT_EXACTLY),
                mutant(OUTPUT_EXACTLY, "another encryption", LegalStream::reasoningAndCalls,
                        e -> e.output(0).put("encrypted_content", "x")),
                mutant(USAGE, "none", LegalStream::text, e -> e.response().putNull("usage")),
                mutant(USAGE, "none in an incomplete one", LegalStream::incomplete, e -> e.response().putNull("usage")),
                mutant(USAGE_FIELDS, "no total", LegalStream::text,
                        e -> e.response().getJsonObject("usage").remove("total_tokens")),
                mutant(USAGE_FIELDS, "no details", LegalStream::text,
                        e -> e.response().getJsonObject("usage").remove("output_tokens_details")),
                mutant(COMPLETED_AT, "null", LegalStream::text, e -> e.response().putNull("completed_at")),
                mutant(INCOMPLETE_DETAILS, "null", LegalStream::incomplete, e -> e.response().putNull("incomplete_details")),
                mutant(INCOMPLETE_DETAILS, "in a completed one", LegalStream::text,
                        e -> e.response().put("incomplete_details", json("{\"reason\": \"max_output_tokens\"}"))),
                mutant(ERROR_OF_RESPONSE, "in a completed one", LegalStream::text,
                        e -> e.response().put("error", json("{\"code\": \"x\", \"message\": \"y\"}"))),
                mutant(ERROR_OF_RESPONSE, "null in a failed one", LegalStream::failed, e -> e.response().putNull("error"),
                        ERROR_THEN_FAILED),
                mutant(ONLY_FAILED_AFTER_ERROR, "in_progress after the error", LegalStream::failedInAnItem,
                        e -> e.moveAfter(e.event("error"), e.event("output_text.delta", 1))),
                mutant(ERROR_THEN_FAILED, "no error", LegalStream::failed, e -> e.remove(e.event("error"))),
                mutant(ERROR_THEN_FAILED, "no response.failed", LegalStream::failed, e -> e.remove(e.last())),
                mutant(ERROR_THEN_FAILED, "another message", LegalStream::failed,
                        e -> e.response().getJsonObject("error").put("message", "x")),
                mutant(ERROR_IN_BOTH_FORMS, "flat alone", LegalStream::failed, e -> e.event("error").remove("error")),
                mutant(ERROR_IN_BOTH_FORMS, "nested alone", LegalStream::failed,
                        e -> List.of("code", "message", "param").forEach(e.event("error")::remove)));
    }

    private static Stream<Mutant> ofItems() {
        return Stream.of(
                mutant(ITEM_IDS, "two with the same id", LegalStream::reasoningAndCalls, e -> {
                    e.events().stream().filter(event -> "item_2".equals(event.getString("item_id")))
                            .forEach(event -> event.put("item_id", "item_1"));
                    e.added(2).put("id", "item_1");
                    e.ended(2, "id", "item_1");
                }),
                mutant(CALL_IDS, "two with the same call_id", LegalStream::reasoningAndCalls, e -> {
                    e.added(2).put("call_id", "c1");
                    e.ended(2, "call_id", "c1");
                }),
                mutant(ITEM_FIELDS, "a message without role", LegalStream::text,
                        e -> List.of(e.added(0), e.done(0), e.output(0)).forEach(item -> item.remove("role"))),
                mutant(ITEM_FIELDS, "a message of the user", LegalStream::text,
                        e -> List.of(e.added(0), e.done(0), e.output(0)).forEach(item -> item.put("role", "user"))),
                mutant(ITEM_FIELDS, "a call without status", LegalStream::customCall,
                        e -> List.of(e.added(0), e.done(0), e.output(0)).forEach(item -> item.remove("status"))),
                mutant(ITEM_FIELDS, "reasoning without summary", () -> LegalStream.rawReasoning("reasoning"),
                        e -> List.of(e.added(0), e.done(0), e.output(0)).forEach(item -> item.remove("summary"))),
                mutant(NO_NULLS, "a phase that is null", LegalStream::text, e -> e.ended(0, "phase", null)),
                mutant(NO_NULLS, "a content of reasoning that is null", LegalStream::reasoningAndCalls,
                        e -> e.added(0).putNull("content")),
                mutant(ITEM_BEGINS_EMPTY, "a call with arguments", LegalStream::reasoningAndCalls,
                        e -> e.added(1).put("arguments", "{}")),
                mutant(ITEM_BEGINS_IN_PROGRESS, "completed", LegalStream::text, e -> e.added(0).put("status", "completed")),
                mutant(SAME_ITEM, "another name", LegalStream::customCall, e -> e.ended(0, "name", "x")),
                mutant(ITEM_IS_ITS_PARTS, "other arguments", LegalStream::reasoningAndCalls,
                        e -> e.ended(1, "arguments", "{}")),
                mutant(ITEM_IS_ITS_PARTS, "no content", LegalStream::text, e -> e.ended(0, "content", new JsonArray())),
                mutant(ITEM_ENDS, "in_progress", LegalStream::text, e -> e.ended(0, "status", "in_progress")),
                mutant(ITEM_ENDS, "any other status", LegalStream::text, e -> e.ended(0, "status", "done")),
                mutant(ITEM_ENDS, "in_progress, of a hosted tool", LegalStream::hosted,
                        e -> e.ended(0, "status", "in_progress")),
                mutant(ONLY_LAST_INCOMPLETE, "the first one, too", LegalStream::incomplete,
                        e -> e.ended(0, "status", "incomplete")),
                mutant(INCOMPLETE_ITEM, "in a completed response", LegalStream::text,
                        e -> e.ended(0, "status", "incomplete")),
                mutant(INCOMPLETE_ITEM, "in a failed response", LegalStream::failed,
                        e -> e.ended(0, "status", "incomplete")));
    }

    private static Stream<Mutant> ofParts() {
        return Stream.of(
                mutant(PART_INDEX, "1 for the first", LegalStream::text,
                        e -> e.event("content_part.added").put("content_index", 1)),
                mutant(PART_INDEX, "the same for the second", LegalStream::reasoningAndCalls,
                        e -> e.event("reasoning_summary_part.added", 1).put("summary_index", 0)),
                mutant(PART_TYPE, "reasoning in a message", LegalStream::text,
                        e -> e.event("content_part.added").getJsonObject("part").put("type", "reasoning_text"),
                        EVENT_IN_PART, PART_IS_ITS_TEXT, TEXT_ENDS_ONCE),
                mutant(PART_TYPE, "a summary as content", () -> LegalStream.rawReasoning("reasoning"),
                        e -> e.event("content_part.added").getJsonObject("part").put("type", "summary_text"),
                        EVENT_IN_PART, PART_IS_ITS_TEXT, TEXT_ENDS_ONCE),
                mutant(PART_FIELDS, "no annotations", LegalStream::text,
                        e -> e.event("content_part.added").getJsonObject("part").remove("annotations")),
                mutant(PART_BEGINS_EMPTY, "with text", LegalStream::text,
                        e -> e.event("content_part.added").getJsonObject("part").put("text", "Hello")),
                mutant(ONE_PART_AT_A_TIME, "a part that does not end", LegalStream::text,
                        e -> e.remove(e.event("content_part.done")), ITEM_IS_ITS_PARTS),
                mutant(EVENT_IN_PART, "a delta of another part", LegalStream::text,
                        e -> e.event("output_text.delta").put("content_index", 1)),
                mutant(EVENT_IN_PART, "an end of a part that did not begin", LegalStream::reasoningAndCalls,
                        e -> e.remove(e.event("reasoning_summary_part.added"))),
                mutant(ONE_DIALECT, "two names", () -> LegalStream.rawReasoning("reasoning_text"),
                        e -> e.event("reasoning_text.delta", 1).put("type", "response.reasoning.delta")),
                mutant(TEXT_IS_ITS_DELTAS, "another delta", LegalStream::text,
                        e -> e.event("output_text.delta").put("delta", "x")),
                mutant(TEXT_IS_ITS_DELTAS, "a delta of arguments that is missing", LegalStream::reasoningAndCalls,
                        e -> e.remove(e.event("function_call_arguments.delta"))),
                mutant(TEXT_IN_DELTAS, "arguments without any", LegalStream::reasoningAndCalls,
                        e -> e.remove(e.event("function_call_arguments.delta", 2))),
                mutant(TEXT_ENDS_ONCE, "no whole text", LegalStream::text, e -> e.remove(e.event("output_text.done"))),
                mutant(TEXT_ENDS_ONCE, "no whole arguments", LegalStream::customCall,
                        e -> e.remove(e.event("custom_tool_call_input.done"))),
                mutant(TEXT_ENDS_ONCE, "the whole text twice", LegalStream::text,
                        e -> e.insertAfter(e.event("output_text.done"), e.event("output_text.done").copy())),
                mutant(TEXT_ENDS_ONCE, "a delta after the whole text", LegalStream::refusal,
                        e -> e.moveAfter(e.event("refusal.done"), e.event("refusal.delta", 1)), TEXT_IS_ITS_DELTAS),
                mutant(ANNOTATIONS, "1 for the first", LegalStream::annotated,
                        e -> e.event("output_text.annotation.added").put("annotation_index", 1)),
                mutant(ANNOTATIONS, "one that did not come", LegalStream::annotated,
                        e -> e.remove(e.event("output_text.annotation.added"))),
                mutant(LOGPROBS, "none at the end", LegalStream::annotated,
                        e -> e.event("output_text.done").put("logprobs", new JsonArray())),
                mutant(PART_IS_ITS_TEXT, "another text", LegalStream::text, e -> {
                    e.event("content_part.done").getJsonObject("part").put("text", "x");
                    List.of(e.done(0), e.output(0))
                            .forEach(item -> item.getJsonArray("content").getJsonObject(0).put("text", "x"));
                }),
                mutant(CALL_NAME, "another name", LegalStream::reasoningAndCalls,
                        e -> e.event("function_call_arguments.done").put("name", "x")));
    }

    static List<Mutant> mutants() {
        return Stream.of(ofTheOrder(), ofResponses(), ofItems(), ofParts()).flatMap(mutants -> mutants).toList();
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void whatIsBrokenIsNamed(Mutant mutant) {
        List<Violation> violations = ResponsesGrammar.violationsOfCarefulServer(mutant.events());

        Set<Rule> expected = new HashSet<>(mutant.also());
        expected.add(mutant.rule());
        assertThat(violations.stream().map(Violation::rule).collect(Collectors.toSet())).as("%s", violations)
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void anOfficialServerNeedNotBeCareful(Mutant mutant) {
        assertThat(ResponsesGrammar.violations(mutant.events()).stream().map(Violation::rule))
                .allMatch(rule -> ((ResponsesRule) rule).isOfficial());
        assertThat(ResponsesGrammar.violations(mutant.events()).isEmpty())
                .isEqualTo(!mutant.rule().isOfficial() && mutant.also().stream().noneMatch(ResponsesRule::isOfficial));
    }

    @Test
    void everyRuleHasAMutant() {
        assertThat(mutants().stream().map(Mutant::rule).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(ResponsesRule.values()));
    }

    static Stream<Supplier<List<JsonObject>>> legalStreams() {
        return Stream.concat(LegalStream.all().values().stream(),
                Stream.of(LegalStream::failedInAnItem, LegalStream::queued, LegalStream::hosted));
    }

    @ParameterizedTest
    @MethodSource("legalStreams")
    void aLegalStreamHasNoViolation(Supplier<List<JsonObject>> stream) {
        assertThat(ResponsesGrammar.violationsOfCarefulServer(stream.get())).isEmpty();
        assertThat(ResponsesGrammar.violations(stream.get())).isEmpty();
    }

    @Test
    void aResponseMayTurnOutNotToBeStored() {
        List<JsonObject> events = LegalStream.text();
        events.get(events.size() - 1).getJsonObject("response").put("store", false);
        assertThat(ResponsesGrammar.violationsOfCarefulServer(events)).isEmpty();

        events.forEach(event -> {
            if (event.containsKey("response")) {
                event.getJsonObject("response").put("store", !event.getString("type").equals("response.created"));
            }
        });
        assertThat(ResponsesGrammar.violationsOfCarefulServer(events)).extracting(Violation::rule).contains(SAME_ECHO);
    }

    @Test
    void noEventsAreNoStream() {
        assertThat(ResponsesGrammar.violations(List.of())).singleElement().extracting(Violation::rule).isEqualTo(END);
    }

    @Test
    void aViolationTellsTheEventTheFaultAndTheRule() {
        List<JsonObject> events = LegalStream.text();
        events.get(4).put("item_id", "x");

        assertThat(ResponsesGrammar.violations(events)).singleElement().asString()
                .isEqualTo("Event 4 (response.output_text.delta): the id is x at the place of message item_0. "
                        + "ITEM_ID_OF_EVENT: the item_id of an event is that of the item at its output_index");
    }
}
