package io.quarkiverse.llm.runtime.wire.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an event says about the bounds of its answer. */
class AnswerFramesTest {

    private interface Question {
        boolean ask(byte[] data, int offset, int length);
    }

    /** The bytes lie in the middle of others. */
    private static boolean ask(Question question, String event) {
        byte[] bytes = ("}}" + event + "{{").getBytes(UTF_8);
        return question.ask(bytes, 2, bytes.length - 4);
    }

    private static boolean isFirst(String event) {
        return ask(AnswerFrames::isFirst, event);
    }

    private static boolean mayBeFirst(String event) {
        return ask(AnswerFrames::mayBeFirst, event);
    }

    @ParameterizedTest
    @ValueSource(strings = { "{'type':'response.created','sequence_number':0}", "{'type':'response.queued'}",
            "{'sequence_number':7,'type':'error'}", "{'type':'response.error'}",
            "{'type':'response.failed','response':{'type':'x'}}" })
    void anAnswerThatKeepsToTheProtocolBeginsWithItsAnnouncementOrAFailure(String event) {
        assertThat(isFirst(event.replace('\'', '"'))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "{'type':'response.in_progress'}", "{'type':'response.output_text.delta','sequence_number':0}",
            "{'type':'response.completed'}", "{'response':{'type':'response.created'}}", "{'type':1}", "[]", "", "{" })
    void itBeginsWithNothingElse(String event) {
        assertThat(isFirst(event.replace('\'', '"'))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{'type':'response.in_progress','sequence_number':1}",
            "{'type':'response.output_item.added','output_index':0,'sequence_number':2}",
            "{'type':'response.output_text.delta','delta':'a'}",
            "{'type':'response.output_text.delta','delta':'a','sequence_number':0}",
            "{'sequence_number':1,'type':'response.output_text.delta','delta':'a'}",
            "{'type':'response.output_text.delta','delta':'a','sequence_number':null}",
            "{'type':'response.output_text.delta','delta':'a','sequence_number':'7'}",
            "{'type':'response.output_text.delta','delta':'a','x':{'sequence_number':7}}",
            "{'type':'response.completed','response':{'id':'r'}}",
            "{'type':'response.made_up','sequence_number':1}" })
    void oneThatDoesNotMayBeginWithWhatHasNothingBeforeIt(String event) {
        assertThat(mayBeFirst(event.replace('\'', '"'))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{'type':'response.output_text.delta','delta':'a','sequence_number':4}",
            "{'sequence_number':2,'type':'response.content_part.added'}",
            "{'type':'response.output_item.done','sequence_number':5}",
            "{'type':'response.completed','response':{'id':'r'},'sequence_number':9}",
            "{'type':'response.made_up','sequence_number':99999999999}" })
    void noneBeginsInTheMiddle(String event) {
        assertThat(mayBeFirst(event.replace('\'', '"'))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "{'type':'response.output_text.del", "no JSON", "", "[1]" })
    void whatCannotBeReadMayBeginOneSoThatSomebodySaysWhatIsWrong(String event) {
        assertThat(mayBeFirst(event.replace('\'', '"'))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "{'type':'keepalive','sequence_number':3}", "{'type':'ping'}", "{'type':'codex.rate_limits'}" })
    void aSignOfLifeIsOfNoAnswer(String event) {
        assertThat(ask(AnswerFrames::isAside, event.replace('\'', '"'))).isTrue();
        assertThat(isFirst(event.replace('\'', '"'))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "{'type':'response.created'}", "{'type':'response.output_text.delta'}", "{}", "x" })
    void allElseIs(String event) {
        assertThat(ask(AnswerFrames::isAside, event.replace('\'', '"'))).isFalse();
    }
}
