package io.quarkiverse.llm.runtime.wire.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.RequestReader;
import io.quarkiverse.llm.scripted.grammar.ResponsesGrammar;
import io.quarkiverse.llm.scripted.grammar.ResponsesRule;
import io.quarkiverse.llm.scripted.grammar.Violation;
import io.vertx.core.json.JsonObject;

/** The canonical model loses nothing: what was decoded from a stream can be encoded to the same stream. */
class RecordedRoundTripTest {

    /**
     * No streams as a server sent them: of one most deltas and an item were cut out, of the other two lines lack their last
     * brace and the last one its output.
     */
    private static final Set<String> EDITED = Set.of("openai-phase.1.jsonl", "parallel-tool-call-wrapper.1.jsonl");
    /** Made by hand, without numbers and one of the events. */
    private static final String BY_HAND = "openai-custom-tool.1.jsonl";

    static Stream<Path> ofProviders() {
        return RecordedStreams.ofProviders();
    }

    static Stream<Path> ofLlamaCpp() {
        return RecordedStreams.ofLlamaCpp();
    }

    @ParameterizedTest
    @MethodSource("ofProviders")
    void an_official_stream_is_encoded_to_itself(Path file) {
        assumeTrue(Files.isRegularFile(file), RecordedStreams.NO_PROVIDERS);
        assumeFalse(isEdited(file), "the recording was edited");

        for (List<String> payloads : RecordedStreams.turns(file)) {
            List<JsonObject> recorded = payloads.stream().map(JsonObject::new).toList();
            List<JsonObject> encoded = encoded(payloads, request(recorded.get(0)));
            List<JsonObject> expected = ExpectedStream.of(recorded, encoded);

            assertThat(Encoding.types(encoded)).isEqualTo(Encoding.types(expected));
            for (int i = 0; i < expected.size(); i++) {
                assertThat(encoded.get(i)).isEqualTo(expected.get(i));
            }
            assertThat(ResponsesGrammar.violationsOfCarefulServer(encoded)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("ofProviders")
    void an_official_stream_is_legal(Path file) {
        assumeTrue(Files.isRegularFile(file), RecordedStreams.NO_PROVIDERS);
        assumeFalse(isEdited(file) || file.endsWith(BY_HAND), "the recording was edited");

        for (List<String> payloads : RecordedStreams.turns(file)) {
            assertThat(ResponsesGrammar.violations(payloads.stream().map(JsonObject::new).toList())).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("ofLlamaCpp")
    void a_stream_of_llama_cpp_is_encoded_to_a_legal_one(Path file) {
        List<String> payloads = RecordedStreams.payloads(file);

        List<JsonObject> encoded = encoded(payloads, Encoding.REQUEST);

        assertThat(ResponsesGrammar.violationsOfCarefulServer(encoded)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("ofLlamaCpp")
    void a_stream_of_llama_cpp_is_not_legal_itself(Path file) {
        List<JsonObject> recorded = RecordedStreams.payloads(file).stream().map(JsonObject::new).toList();

        assertThat(ResponsesGrammar.violationsOfCarefulServer(recorded)).extracting(Violation::rule)
                // no numbers, no places, a resource of three fields
                .contains(ResponsesRule.SEQUENCE_NUMBERS, ResponsesRule.OUTPUT_INDEX, ResponsesRule.ITEM_OF_EVENT,
                        ResponsesRule.EVENT_FIELDS, ResponsesRule.RESPONSE_FIELDS, ResponsesRule.USAGE_FIELDS);
    }

    private static boolean isEdited(Path file) {
        return EDITED.contains(file.getFileName().toString());
    }

    private static List<JsonObject> encoded(List<String> payloads, LlmRequest request) {
        Encoding encoding = new Encoding(request);
        Decoding decoding = new Decoding();
        try {
            payloads.forEach(decoding::event);
            decoding.decoder.end();
            decoding.events.forEach(new SequentialItems(encoding.encoder));
        } catch (LlmException e) {
            decoding.events.forEach(new SequentialItems(encoding.encoder));
            encoding.encoder.fail(e);
        }
        return encoding.events;
    }

    /** What the client must have asked for. */
    private static LlmRequest request(JsonObject created) {
        return RequestReader.read(JsonFields.of(created.getJsonObject("response").encode()));
    }
}
