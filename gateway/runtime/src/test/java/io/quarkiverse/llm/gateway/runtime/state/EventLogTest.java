package io.quarkiverse.llm.gateway.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.llm.FinishReason;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmEvent.ReasoningDelta.Kind;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.Reasoning;
import io.quarkiverse.llm.ToolCall;
import io.quarkiverse.llm.runtime.wire.EventEncoder;
import io.quarkiverse.llm.runtime.wire.ReceivedRequest;
import io.quarkiverse.llm.runtime.wire.WireEventSink;
import io.quarkiverse.llm.runtime.wire.responses.ReasoningDialect;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesServerCodec;

@Timeout(60)
class EventLogTest {

    private static final int DELTAS = 400;
    private static final String INSTRUCTIONS = "You are a careful assistant. ".repeat(300);

    /** What a client of the Responses API gets: reasoning, two calls and a text, each in many deltas. */
    private static List<LoggedEvent> stream() {
        return LoggedEvent.collected(EventLogTest::encode);
    }

    private static void encode(WireEventSink sink) {
        LlmRequest request = LlmRequest.builder().model("gpt-5").instructions(INSTRUCTIONS).user("Why?").build();
        EventEncoder encoder = new ResponsesServerCodec(ReasoningDialect.SUMMARY)
                .encoder(new ReceivedRequest(request, true, false, Map.of(), Map.of(), List.of()), sink);
        LlmResponse.Builder response = LlmResponse.builder().id("resp_1").model("gpt-5").createdAt(Instant.EPOCH)
                .finishReason(FinishReason.TOOL_CALLS);
        encoder.accept(new LlmEvent.ResponseStarted("resp_1", "gpt-5", Instant.EPOCH));

        Reasoning thought = Reasoning.of(text("th☕t ")).withId("rs_1");
        encoder.accept(new LlmEvent.ItemStarted("rs_1", 0, Reasoning.of("").withId("rs_1")));
        for (int i = 0; i < DELTAS; i++) {
            encoder.accept(new LlmEvent.ReasoningDelta("rs_1", 0, Kind.TEXT, 0, piece("th☕t ", i)));
        }
        encoder.accept(new LlmEvent.ItemComplete("rs_1", 0, thought));
        response.item(thought);
        for (int call = 1; call <= 2; call++) {
            response.item(call(encoder, call));
        }
        Message message = Message.assistant(text("naïve ")).withId("msg_1");
        encoder.accept(new LlmEvent.ItemStarted("msg_1", 3, Message.assistant("").withId("msg_1")));
        for (int i = 0; i < DELTAS; i++) {
            encoder.accept(new LlmEvent.TextDelta("msg_1", 3, 0, piece("naïve ", i), Optional.empty()));
        }
        encoder.accept(new LlmEvent.ItemComplete("msg_1", 3, message));
        encoder.accept(new LlmEvent.ResponseCompleted(response.item(message).build()));
    }

    private static ToolCall call(EventEncoder encoder, int index) {
        String id = "fc_" + index;
        ToolCall call = ToolCall.builder("call_" + index, "write").id(id).arguments(text("{\"a\":\"x\"}")).build();
        encoder.accept(new LlmEvent.ItemStarted(id, index, call.toBuilder().arguments("").build()));
        encoder.accept(new LlmEvent.ToolCallStart(id, index, call.kind(), Optional.empty(), "write", call.callId()));
        for (int i = 0; i < DELTAS; i++) {
            encoder.accept(new LlmEvent.ToolCallArgumentsDelta(id, index, call.callId(), piece("{\"a\":\"x\"}", i)));
        }
        encoder.accept(new LlmEvent.ToolCallComplete(id, index, call));
        encoder.accept(new LlmEvent.ItemComplete(id, index, call));
        return call;
    }

    private static String text(String piece) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < DELTAS; i++) {
            text.append(piece(piece, i));
        }
        return text.toString();
    }

    /** No two that follow each other are the same. */
    private static String piece(String piece, int index) {
        return (char) ('a' + index % 26) + piece;
    }

    private static int size(List<LoggedEvent> events) {
        return events.stream().mapToInt(event -> event.json().getBytes(StandardCharsets.UTF_8).length).sum();
    }

    @Test
    void a_stream_is_read_as_it_was_sent() {
        List<LoggedEvent> stream = stream();
        EventLog log = EventLog.decoded(LoggedEvent.log(stream).encoded());

        assertThat(stream).hasSizeGreaterThan(4 * DELTAS);
        assertThat(LoggedEvent.read(log, -1)).isEqualTo(stream);
        assertThat(LoggedEvent.read(log, 777)).isEqualTo(stream.subList(778, stream.size()));
    }

    @Test
    void a_delta_takes_little_more_than_its_text() {
        List<LoggedEvent> stream = stream();
        EventLog log = new EventLog();
        int deltas = 0;
        int deltaBytes = 0;
        for (LoggedEvent event : stream) {
            int before = log.bytes();
            event.addTo(log);
            if (event.type().endsWith(".delta")) {
                deltas++;
                deltaBytes += log.bytes() - before;
            }
        }

        // the pieces have 5 to 11 bytes and are the same up to 10 of them
        assertThat((double) deltaBytes / deltas).as("bytes per delta").isLessThan(16);
        assertThat(log.bytes()).isLessThan(size(stream) / 3);
    }

    @Test
    void a_response_that_is_told_again_takes_nothing() {
        List<LoggedEvent> begin = stream().subList(0, 2);
        assertThat(begin).extracting(LoggedEvent::type).containsExactly("response.created", "response.in_progress");
        assertThat(size(begin)).isGreaterThan(2 * INSTRUCTIONS.length());
        assertThat(LoggedEvent.log(begin).bytes()).isLessThan(size(begin) / 2 + 100);
    }

    @Test
    void an_empty_log_is_a_log() {
        EventLog log = EventLog.decoded(new EventLog().encoded());
        assertThat(log.count()).isZero();
        assertThat(LoggedEvent.read(log, -1)).isEmpty();
    }

    @Test
    void what_has_not_come_yet_can_be_left_out() {
        EventLog log = new EventLog();
        EventLogReader reader = log.reader(2);
        List<LoggedEvent> stream = stream().subList(0, 5);
        stream.forEach(event -> event.addTo(log));
        List<LoggedEvent> read = new ArrayList<>();
        while (reader.next((type, json, offset, length) -> read.add(LoggedEvent.of(type, json, offset, length)))) {
            continue;
        }
        assertThat(read).isEqualTo(stream.subList(3, 5));
    }

    @Test
    void another_version_is_refused() {
        byte[] encoded = new EventLog().encoded();
        encoded[0] = 2;
        assertThatThrownBy(() -> EventLog.decoded(encoded)).isInstanceOf(MalformedLogException.class)
                .hasMessage("This is no log of events: its version is 2 and not 1");
    }
}
