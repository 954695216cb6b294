package io.quarkiverse.llm.scripted.grammar;

import static io.quarkiverse.llm.scripted.grammar.SseRule.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** For each rule of the framing at least one body that breaks it, and nothing else. */
class SseStreamGrammarTest {

    private static final String RESPONSES = LegalStream.text().stream()
            .map(event -> "event: " + event.getString("type") + "\ndata: " + event.encode() + "\n\n")
            .collect(Collectors.joining()) + "data: [DONE]\n\n";
    private static final String CHAT = LegalChat.text().stream().map(chunk -> "data: " + chunk.encode() + "\n\n")
            .collect(Collectors.joining()) + "data: [DONE]\n\n";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    record Mutant(String name, SseRule rule, UnaryOperator<String> edit) {

        @Override
        public String toString() {
            return rule + ": " + name;
        }
    }

    static List<Mutant> mutants() {
        return List.of(
                new Mutant("a byte order mark", UTF_8, body -> "\uFEFF" + body),
                new Mutant("CR LF", LINE_FEEDS, body -> body.replace("\n", "\r\n")),
                new Mutant("CR", LINE_FEEDS, body -> body.replace("\n", "\r")),
                new Mutant("two between events", BLANK_LINE, body -> body.replaceFirst("\n\n", "\n\n\n")),
                new Mutant("none at the end", BLANK_LINE, body -> body.substring(0, body.length() - 1)),
                new Mutant("no line end at the end", BLANK_LINE, String::strip),
                new Mutant("an id", FIELDS, body -> body.replaceFirst("data: ", "id: 1\ndata: ")),
                new Mutant("retry", FIELDS, body -> "retry: 1000\n\n" + body),
                new Mutant("data without a space", FIELDS, body -> body.replaceFirst("data: ", "data:")),
                new Mutant("none", EVENT_LINE, body -> body.replaceFirst("event: .*\n", "")),
                new Mutant("another type", EVENT_LINE, body -> body.replaceFirst("event: .*\n", "event: response.failed\n")),
                new Mutant("after the data", EVENT_LINE,
                        body -> body.replaceFirst("(event: .*\n)(data: .*\n)", "$2$1")),
                new Mutant("for [DONE]", EVENT_LINE, body -> body.replace("data: [DONE]", "event: done\ndata: [DONE]")),
                new Mutant("none", ONE_DATA_LINE, body -> "event: keepalive\n\n" + body),
                new Mutant("two", ONE_DATA_LINE, body -> body.replaceFirst("data: \\{", "data: {\ndata: ")),
                new Mutant("no JSON", JSON, body -> body.replace("data: [DONE]", "event: x\ndata: {\n\ndata: [DONE]")),
                new Mutant("a list", JSON, body -> body.replace("data: [DONE]", "event: x\ndata: []\n\ndata: [DONE]")),
                new Mutant("none", DONE, body -> body.replace("data: [DONE]\n\n", "")),
                new Mutant("a comment", NOTHING_AFTER_DONE, body -> body + ": ping\n\n"),
                new Mutant("[DONE] again", NOTHING_AFTER_DONE, body -> body + "data: [DONE]\n\n"));
    }

    private static Set<Rule> broken(List<Violation> violations) {
        return violations.stream().map(Violation::rule).collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void whatIsBrokenIsNamed(Mutant mutant) {
        assertThat(broken(SseStreamGrammar.responses(bytes(mutant.edit().apply(RESPONSES))))).containsExactly(mutant.rule());
    }

    @Test
    void everyRuleHasAMutant() {
        assertThat(mutants().stream().map(Mutant::rule).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(SseRule.values()));
    }

    static Stream<String> comments() {
        return Stream.of(": ping\n\n", ":\n\n", ": OPENROUTER PROCESSING\n\n");
    }

    @ParameterizedTest
    @MethodSource("comments")
    void aLegalStreamMayHaveComments(String comment) {
        assertThat(SseStreamGrammar.responses(bytes(RESPONSES))).isEmpty();
        assertThat(SseStreamGrammar.responses(bytes(comment + RESPONSES.replace("event: ", comment + "event: ")))).isEmpty();
        assertThat(SseStreamGrammar.chatCompletions(bytes(CHAT), false)).isEmpty();
        assertThat(SseStreamGrammar.chatCompletions(bytes(comment + CHAT), false)).isEmpty();
    }

    @Test
    void chatCompletionsHaveNoEventLines() {
        assertThat(broken(SseStreamGrammar.chatCompletions(bytes(CHAT.replaceFirst("data", "event: chunk\ndata")), false)))
                .containsExactly(EVENT_LINE);
    }

    @Test
    void bytesThatAreNoUtf8AreNoticed() {
        byte[] body = bytes(RESPONSES.replace("\"Hello\"", "\"H\u00e9llo\"").replace("\"Hel\"", "\"H\u00e9l\""));
        assertThat(SseStreamGrammar.responses(body)).isEmpty();

        byte[] latin1 = RESPONSES.replace("\"Hello\"", "\"H\u00e9llo\"").replace("\"Hel\"", "\"H\u00e9l\"")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThat(broken(SseStreamGrammar.responses(latin1))).containsExactly(UTF_8);
    }

    @Test
    void theEventsAreCheckedToo() {
        assertThat(broken(SseStreamGrammar.responses(bytes(RESPONSES.replace("\"Hel\"", "\"Hal\"")))))
                .containsExactly(ResponsesRule.TEXT_IS_ITS_DELTAS);
        assertThat(broken(SseStreamGrammar.chatCompletions(bytes(CHAT), true)))
                .containsExactlyInAnyOrder(ChatRule.USAGE_LAST, ChatRule.USAGE_NULL_BEFORE);
    }

    @Test
    void nothingIsNoStream() {
        assertThat(broken(SseStreamGrammar.responses(new byte[0]))).containsExactlyInAnyOrder(DONE, ResponsesRule.END);
        assertThat(broken(SseStreamGrammar.chatCompletions(new byte[0], false)))
                .containsExactlyInAnyOrder(DONE, ChatRule.FINISH_ONCE);
    }
}
