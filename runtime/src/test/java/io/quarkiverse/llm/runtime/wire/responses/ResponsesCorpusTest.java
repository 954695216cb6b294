package io.quarkiverse.llm.runtime.wire.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.llm.FinishReason;
import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmException;
import io.quarkiverse.llm.LlmQuotaException;
import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.LlmServerException;
import io.quarkiverse.llm.OpaqueItem;
import io.quarkiverse.llm.Repair;
import io.quarkiverse.llm.ResponseStatus;
import io.quarkiverse.llm.ToolCall;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Every recorded Responses answer decodes to what its raw file says. */
class ResponsesCorpusTest {

    private static final Path LLAMA_CPP = Path.of("src/test/resources/corpus/llama-cpp");
    /** Recordings of hosted services, which may lie beside the project but are not part of it. */
    private static final Path PROVIDERS = Path.of("../../shared/corpus/providers");
    private static final String NO_PROVIDERS = "the recordings of hosted services are not here";
    /** Written by hand, shortened, or of another server. */
    private static final Map<String, Set<Repair>> REPAIRED = Map.of(
            "openai-custom-tool.1.jsonl", Set.of(Repair.MISSING_DONE),
            "parallel-tool-call-wrapper.1.jsonl", Set.of(Repair.MISSING_OUTPUT),
            "openai-phase.1.jsonl", Set.of(Repair.MISSING_DELTAS, Repair.MISSING_INDEX),
            "lmstudio-tool-call.1.jsonl", Set.of(Repair.MISSING_DELTAS));

    static Stream<Path> streams() {
        return files(LLAMA_CPP, ".sse").filter(ResponsesCorpusTest::isResponses).filter(file -> !hasError(file));
    }

    static Stream<Path> failedStreams() {
        return files(LLAMA_CPP, ".sse").filter(ResponsesCorpusTest::isResponses).filter(ResponsesCorpusTest::hasError);
    }

    static Stream<Path> answers() {
        return files(LLAMA_CPP, ".json").filter(ResponsesCorpusTest::isResponses)
                .filter(file -> !file.toString().endsWith(".req.json")).filter(file -> !hasError(file))
                .filter(file -> !file.endsWith("resp_input_tokens.json"));
    }

    static Stream<Path> failedAnswers() {
        return files(LLAMA_CPP, ".json").filter(ResponsesCorpusTest::isResponses)
                .filter(file -> !file.toString().endsWith(".req.json")).filter(ResponsesCorpusTest::hasError);
    }

    static Stream<Path> providerStreams() {
        return Files.isDirectory(PROVIDERS)
                ? files(PROVIDERS, ".jsonl").filter(file -> read(file).contains("\"type\":\"response.created\""))
                        .filter(file -> !file.endsWith("openai-error.1.jsonl"))
                : Stream.of(PROVIDERS);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void a_stream_of_llama_cpp_decodes_to_what_the_file_says(Path file) {
        Decoding decoding = new Decoding();
        decoding.stream(read(file).getBytes(StandardCharsets.UTF_8));

        checkDecoded(decoding, payloads(file));
        assertThat(decoding.response().model()).isEqualTo("stories260K");
        assertThat(decoding.response().repairs()).containsKeys(Repair.MISSING_MODEL, Repair.MISSING_CREATED_AT,
                Repair.MISSING_INDEX);
    }

    @ParameterizedTest
    @MethodSource("failedStreams")
    void a_stream_of_llama_cpp_with_an_error_frame_fails_with_the_servers_words_and_without_events(Path file) {
        Decoding decoding = new Decoding();

        LlmException failure = decoding.failureOf(payloads(file));

        assertThat(failure).isInstanceOf(LlmServerException.class)
                .hasMessageContaining("does not match the expected peg-native format");
        assertThat(failure.httpStatus()).hasValue(500);
        assertThat(decoding.events).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("answers")
    void a_whole_answer_of_llama_cpp_decodes_to_what_the_file_says(Path file) {
        JsonObject raw = new JsonObject(read(file));

        LlmResponse response = Decoding.ofBody(read(file));

        checkResponse(response, raw, trees(raw.getJsonArray("output")));
        assertThat(response.repairs()).isEqualTo(
                response.status() == ResponseStatus.COMPLETED ? Map.of() : Map.of(Repair.FALSELY_COMPLETED, 1));
    }

    @ParameterizedTest
    @MethodSource("failedAnswers")
    void an_error_of_llama_cpp_in_an_answer_of_status_200_fails_with_the_servers_words(Path file) {
        byte[] body = read(file).getBytes(StandardCharsets.UTF_8);
        Decoding decoding = new Decoding();

        assertThatThrownBy(() -> decoding.decoder.body(body, 0, body.length))
                .isInstanceOf(LlmServerException.class).hasMessageContaining("peg-native format");
    }

    @ParameterizedTest
    @MethodSource("providerStreams")
    void a_stream_of_a_hosted_service_decodes_to_what_the_file_says(Path file) {
        assumeTrue(Files.isRegularFile(file), NO_PROVIDERS);
        for (List<String> payloads : turns(file)) {
            Decoding decoding = new Decoding();
            payloads.forEach(decoding::event);

            checkDecoded(decoding, payloads);
            checkStatuses(decoding.response(), payloads);
            for (Item item : decoding.response().output()) {
                if (item instanceof OpaqueItem opaque) {
                    assertThat(payloads).anyMatch(payload -> payload.contains("\"item\":" + opaque.json().text()));
                }
            }
            assertThat(decoding.response().repairs().keySet())
                    .isEqualTo(REPAIRED.getOrDefault(file.getFileName().toString(), Set.of()));
        }
    }

    @ParameterizedTest
    @MethodSource("providerStreams")
    void a_stream_of_a_hosted_service_passes_strict_decoding(Path file) {
        assumeTrue(Files.isRegularFile(file), NO_PROVIDERS);
        assumeTrue(!REPAIRED.containsKey(file.getFileName().toString()), "known to depart");

        turns(file).forEach(payloads -> Decoding.strict().whole(payloads));
    }

    @Test
    void an_error_event_of_openai_is_its_failure_and_nothing_is_handed_on_before() {
        Path file = PROVIDERS.resolve("openai-error.1.jsonl");
        assumeTrue(Files.isRegularFile(file), NO_PROVIDERS);
        Decoding decoding = new Decoding();

        LlmException failure = decoding.failureOf(turns(file).get(0));

        assertThat(failure).isInstanceOf(LlmQuotaException.class).hasMessageContaining("exceeded your current quota");
        assertThat(failure.code()).contains("insufficient_quota");
        assertThat(decoding.events).isEmpty();
    }

    @Test
    void arguments_cut_by_the_token_limit_make_an_incomplete_call_although_llama_cpp_says_completed() {
        Decoding decoding = new Decoding();
        decoding.stream(read(LLAMA_CPP.resolve("cmdr/resp_tool_required_cut_stream.sse")).getBytes(StandardCharsets.UTF_8));
        LlmResponse response = decoding.response();

        assertThat(response.status()).isEqualTo(ResponseStatus.INCOMPLETE);
        assertThat(response.incompleteReason()).contains("invalid_tool_call");
        assertThat(response.toolCalls()).isEmpty();
        assertThat(response.output()).hasSize(1);
        assertThat(response.repairs()).containsEntry(Repair.FALSELY_COMPLETED, 1);
    }

    private static void checkDecoded(Decoding decoding, List<String> payloads) {
        List<JsonObject> trees = payloads.stream().map(JsonObject::new).toList();
        LlmResponse response = decoding.response();
        assertThat(RecordedResponses.of(decoding.events)).isEqualTo(RecordedResponses.ofTrees(trees));
        checkResponse(response, trees.get(trees.size() - 1).getJsonObject("response"), doneItems(trees));
        assertThat(decoding.events(LlmEvent.ResponseStarted.class)).singleElement()
                .extracting(LlmEvent.ResponseStarted::responseId).isEqualTo(response.id());
    }

    private static void checkResponse(LlmResponse response, JsonObject raw, List<JsonObject> items) {
        assertThat(response.id()).isEqualTo(raw.getString("id"));
        assertThat(response.model()).isEqualTo(raw.getString("model"));
        assertThat(response.createdAt().getEpochSecond()).isEqualTo(raw.getLong("created_at"));
        assertThat(response.output()).extracting(RecordedResponses::item)
                .isEqualTo(items.stream().map(RecordedResponses::item).toList());
        JsonObject usage = raw.getJsonObject("usage");
        assertThat(response.usage()).hasValueSatisfying(tokens -> {
            assertThat(tokens.inputTokens()).isEqualTo(usage.getLong("input_tokens"));
            assertThat(tokens.outputTokens()).isEqualTo(usage.getLong("output_tokens"));
            assertThat(tokens.totalTokens()).isEqualTo(usage.getLong("total_tokens"));
            assertThat(tokens.reasoningTokens()).isEqualTo(
                    usage.getJsonObject("output_tokens_details", new JsonObject()).getLong("reasoning_tokens", 0L));
        });
        assertThat(response.serviceTier().orElse(null)).isEqualTo(raw.getString("service_tier"));
        if (response.status() == ResponseStatus.COMPLETED) {
            boolean calls = response.output().stream().anyMatch(ToolCall.class::isInstance);
            assertThat(response.finishReason()).isEqualTo(calls ? FinishReason.TOOL_CALLS : FinishReason.STOP);
        }
    }

    private static void checkStatuses(LlmResponse response, List<String> payloads) {
        List<JsonObject> items = doneItems(payloads.stream().map(JsonObject::new).toList());
        assertThat(response.output()).extracting(item -> item.status().map(status -> status.wireName()).orElse(null))
                .isEqualTo(items.stream().map(item -> item.getString("status")).toList());
    }

    private static List<JsonObject> doneItems(List<JsonObject> events) {
        return events.stream().filter(event -> event.getString("type").equals("response.output_item.done"))
                .map(event -> event.getJsonObject("item")).toList();
    }

    private static List<JsonObject> trees(JsonArray array) {
        return IntStream.range(0, array.size()).mapToObj(array::getJsonObject).toList();
    }

    /** Some recordings hold the turns of a whole conversation. */
    private static List<List<String>> turns(Path file) {
        List<List<String>> turns = new ArrayList<>();
        for (String line : read(file).lines().filter(text -> !text.isBlank()).toList()) {
            if (line.contains("\"type\":\"response.created\"")) {
                turns.add(new ArrayList<>());
            }
            turns.get(turns.size() - 1).add(isJson(line) ? line : line + "}");
        }
        return turns;
    }

    /** Two lines of one recording have lost their last brace. */
    private static boolean isJson(String line) {
        try {
            return new JsonObject(line).containsKey("type");
        } catch (DecodeException e) {
            return false;
        }
    }

    private static List<String> payloads(Path stream) {
        return read(stream).lines().filter(line -> line.startsWith("data: ")).map(line -> line.substring("data: ".length()))
                .toList();
    }

    private static boolean isResponses(Path file) {
        return file.getFileName().toString().startsWith("resp_");
    }

    private static boolean hasError(Path file) {
        return read(file).contains("{\"error\":");
    }

    private static Stream<Path> files(Path folder, String suffix) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
