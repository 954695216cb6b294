package io.quarkiverse.llm.scripted.grammar;

import static io.quarkiverse.llm.scripted.grammar.ChatRule.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.llm.scripted.grammar.EveryChange.Changed;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** For each rule at least one stream that breaks it, and nothing else that is not named. */
class ChatGrammarTest {

    /** What a server is free to send otherwise. */
    private static final Pattern FREE = Pattern.compile(String.join("|",
            // nothing else tells what the text is, so a delta can be missing, double or another
            "(without|twice) [1-9] chunk", "swapped [1-9] chunk and . chunk",
            "other value .*/(content|refusal|reasoning_content)",
            "without .*/0/logprobs", "(without|null) 0 chunk.*/(content|refusal)", "other value .*/(id|name|arguments|input)",
            "other value .*/usage/.*", "(without|other value) .*/usage/[a-z]+_tokens_details.*",
            "(other kind|null) .*_details/.*", "other value .*/error/.*", "(null|other value) .*/error/(type|code)"));

    record Mutant(String name, ChatRule rule, boolean usageAsked, Supplier<List<JsonObject>> stream,
            Consumer<List<JsonObject>> edit, Set<ChatRule> also) {

        Set<Rule> broken() {
            List<JsonObject> chunks = stream.get();
            edit.accept(chunks);
            return ChatGrammar.violations(chunks, usageAsked).stream().map(Violation::rule).collect(Collectors.toSet());
        }

        @Override
        public String toString() {
            return rule + ": " + name;
        }
    }

    private static Mutant mutant(ChatRule rule, String name, Supplier<List<JsonObject>> stream,
            Consumer<List<JsonObject>> edit, ChatRule... also) {
        return new Mutant(name, rule, stream.get().get(0).containsKey("usage"), stream, edit, Set.of(also));
    }

    private static JsonObject choice(JsonObject chunk) {
        return chunk.getJsonArray("choices").getJsonObject(0);
    }

    private static JsonObject delta(JsonObject chunk) {
        return choice(chunk).getJsonObject("delta");
    }

    private static JsonObject call(JsonObject chunk) {
        return delta(chunk).getJsonArray("tool_calls").getJsonObject(0);
    }

    private static JsonObject last(List<JsonObject> chunks) {
        return chunks.get(chunks.size() - 1);
    }

    private static Stream<Mutant> ofChunks() {
        return Stream.of(
                mutant(CHUNK_FIELDS, "another object", LegalChat::text, c -> c.get(1).put("object", "chat.completion")),
                mutant(SAME_COMPLETION, "another id", LegalChat::text, c -> c.get(1).put("id", "x")),
                mutant(SAME_COMPLETION, "another created", LegalChat::text, c -> c.get(1).put("created", 1)),
                mutant(SAME_COMPLETION, "another model", LegalChat::textWithUsage, c -> last(c).put("model", "x")),
                mutant(ONE_CHOICE, "index 1", LegalChat::text, c -> choice(c.get(1)).put("index", 1)),
                mutant(ONE_CHOICE, "two", LegalChat::text, c -> c.get(1).getJsonArray("choices").add(choice(c.get(2)).copy())),
                mutant(CHOICE_FIELDS, "no index", LegalChat::text, c -> choice(c.get(1)).remove("index")),
                mutant(CHOICE_FIELDS, "no finish_reason", LegalChat::text, c -> choice(c.get(1)).remove("finish_reason")),
                mutant(CHOICE_FIELDS, "log probabilities as a list", LegalChat::text,
                        c -> choice(c.get(1)).put("logprobs", new JsonArray())),
                mutant(ROLE_FIRST, "no role", LegalChat::text, c -> delta(c.get(0)).remove("role")),
                mutant(ROLE_FIRST, "no chunk of its own", LegalChat::text, c -> {
                    c.remove(0);
                    delta(c.get(0)).put("role", "assistant");
                }),
                mutant(ROLE_FIRST, "a role again", LegalChat::text, c -> delta(c.get(1)).put("role", "assistant")),
                mutant(DELTA_FIELDS, "content that is null", LegalChat::text, c -> delta(c.get(1)).putNull("content")),
                mutant(DELTA_FIELDS, "no tool calls", LegalChat::calls,
                        c -> delta(c.get(1)).put("tool_calls", new JsonArray())),
                mutant(DELTA_TELLS, "nothing", LegalChat::text, c -> delta(c.get(1)).remove("content")),
                mutant(ERROR_FIELDS, "no code", LegalChat::error, c -> last(c).getJsonObject("error").remove("code")),
                mutant(ERROR_FIELDS, "a sentence", LegalChat::error, c -> last(c).put("error", "It broke")),
                mutant(NOTHING_AFTER_ERROR, "a delta", LegalChat::error, c -> c.add(c.get(1).copy())));
    }

    private static Stream<Mutant> ofCallsAndTheEnd() {
        return Stream.of(
                mutant(CALL_INDEX, "a gap", LegalChat::calls, c -> {
                    call(c.get(5)).put("index", 2);
                    c.remove(6);
                }),
                mutant(CALL_BEGINS, "no type", LegalChat::calls, c -> call(c.get(2)).remove("type")),
                mutant(CALL_BEGINS, "no id", LegalChat::calls, c -> call(c.get(2)).remove("id")),
                mutant(CALL_BEGINS, "an empty name", LegalChat::calls,
                        c -> call(c.get(2)).getJsonObject("function").put("name", "")),
                mutant(CALL_BEGINS, "no arguments", LegalChat::calls,
                        c -> call(c.get(2)).getJsonObject("function").remove("arguments")),
                mutant(CALL_IDS, "the same twice", LegalChat::calls, c -> call(c.get(5)).put("id", "c1")),
                mutant(CALL_GOES_ON, "the id again", LegalChat::calls, c -> call(c.get(3)).put("id", "c1")),
                mutant(CALL_GOES_ON, "the name again", LegalChat::calls,
                        c -> call(c.get(3)).getJsonObject("function").put("name", "weather")),
                mutant(CALL_GOES_ON, "input for a function", LegalChat::calls,
                        c -> call(c.get(3)).put("custom", new JsonObject().put("input", "x")).remove("function")),
                mutant(FINISH_ONCE, "never", LegalChat::text, c -> c.remove(last(c))),
                mutant(FINISH_ONCE, "twice", LegalChat::text, c -> c.add(last(c).copy()), NOTHING_AFTER_FINISH),
                mutant(FINISH_REASON, "of another provider", LegalChat::text,
                        c -> choice(last(c)).put("finish_reason", "eos")),
                mutant(FINISH_ALONE, "beside text", LegalChat::text, c -> delta(last(c)).put("content", "!")),
                mutant(FINISH_OF_CALLS, "without calls", LegalChat::text,
                        c -> choice(last(c)).put("finish_reason", "tool_calls")),
                mutant(NOTHING_AFTER_FINISH, "a delta", LegalChat::text, c -> c.add(c.get(1).copy())),
                mutant(NOTHING_AFTER_FINISH, "two usages", LegalChat::textWithUsage, c -> c.add(last(c).copy())),
                mutant(USAGE_LAST, "none", LegalChat::textWithUsage, c -> c.remove(last(c))),
                mutant(USAGE_LAST, "too early", LegalChat::textWithUsage, c -> c.add(1, c.remove(c.size() - 1))),
                new Mutant("not asked for", USAGE_LAST, false, LegalChat::textWithUsage,
                        c -> c.subList(0, c.size() - 1).forEach(chunk -> chunk.remove("usage")), Set.of()),
                mutant(USAGE_NULL_BEFORE, "nowhere", LegalChat::textWithUsage, c -> c.get(1).remove("usage")),
                mutant(USAGE_NULL_BEFORE, "in a delta", LegalChat::textWithUsage,
                        c -> c.get(1).put("usage", last(c).getJsonObject("usage").copy())),
                mutant(USAGE_NULL_BEFORE, "not asked for", LegalChat::text, c -> c.get(1).putNull("usage")),
                mutant(USAGE_FIELDS, "no total", LegalChat::textWithUsage,
                        c -> last(c).getJsonObject("usage").remove("total_tokens")));
    }

    static List<Mutant> mutants() {
        return Stream.concat(ofChunks(), ofCallsAndTheEnd()).toList();
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void whatIsBrokenIsNamed(Mutant mutant) {
        Set<Rule> expected = new HashSet<>(mutant.also());
        expected.add(mutant.rule());
        assertThat(mutant.broken()).isEqualTo(expected);
    }

    @Test
    void everyRuleHasAMutant() {
        assertThat(mutants().stream().map(Mutant::rule).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(ChatRule.values()));
    }

    static Stream<Supplier<List<JsonObject>>> legalStreams() {
        return Stream.of(LegalChat::text, LegalChat::textWithUsage, LegalChat::calls, LegalChat::customCall,
                LegalChat::refusal, LegalChat::error);
    }

    @ParameterizedTest
    @MethodSource("legalStreams")
    void aLegalStreamHasNoViolation(Supplier<List<JsonObject>> stream) {
        assertThat(ChatGrammar.violations(stream.get(), asksForUsage(stream))).isEmpty();
    }

    private static boolean asksForUsage(Supplier<List<JsonObject>> stream) {
        return stream.get().get(0).containsKey("usage");
    }

    @ParameterizedTest
    @MethodSource("legalStreams")
    void otherChangesAreNoticed(Supplier<List<JsonObject>> stream) {
        List<Changed> changes = Stream
                .concat(EveryChange.ofOrder(stream.get()).stream(), EveryChange.ofFields(stream.get()).stream()).toList();
        assertThat(changes.stream().filter(changed -> ChatGrammar.violations(changed.events(), asksForUsage(stream)).isEmpty())
                .map(changed -> changed.how() + " " + changed.where()).filter(change -> !FREE.matcher(change).matches()))
                .isEmpty();
    }
}
