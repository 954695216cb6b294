package io.quarkiverse.llm.runtime.wire.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.LlmServerException;
import io.quarkiverse.llm.ResponseStatus;
import io.quarkiverse.llm.runtime.wire.ModelList;
import io.vertx.core.json.JsonObject;

/** Every recorded Chat Completions answer decodes to what its raw file says. */
class ChatCorpusTest {

    private static final Path LLAMA_CPP = Path.of("src/test/resources/corpus/llama-cpp");
    /** Recordings of hosted services, which may lie beside the project but are not part of it. */
    private static final Path PROVIDERS = Path.of("../../shared/corpus/providers");
    private static final String NO_PROVIDERS = "the recordings of hosted services are not here";

    static Stream<Path> streams() {
        return recorded(".sse").filter(file -> !hasError(file));
    }

    static Stream<Path> failedStreams() {
        return recorded(".sse").filter(ChatCorpusTest::hasError);
    }

    static Stream<Path> answers() {
        return recorded(".json").filter(file -> !file.toString().endsWith(".req.json")).filter(file -> !hasError(file));
    }

    private static Stream<Path> recorded(String suffix) {
        return files(LLAMA_CPP, suffix).filter(file -> file.getFileName().toString().startsWith("chat_"));
    }

    static Stream<Path> providerStreams() {
        return Files.isDirectory(PROVIDERS)
                ? files(PROVIDERS, ".jsonl").filter(file -> read(file).contains("\"chat.completion.chunk\""))
                : Stream.of(PROVIDERS);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void a_stream_of_llama_cpp_decodes_to_what_the_file_says(Path file) {
        LlmResponse response = Decoding.ofStream(read(file).getBytes(StandardCharsets.UTF_8));

        assertThat(RecordedChat.of(response)).isEqualTo(RecordedChat.ofChunks(chunks(file)));
        assertThat(response.id()).isEqualTo(chunks(file).get(0).getString("id"));
        assertThat(response.model()).isEqualTo("stories260K");
        assertThat(response.repairs()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("failedStreams")
    void a_stream_of_llama_cpp_with_an_error_frame_fails_with_the_servers_words(Path file) {
        Decoding decoding = new Decoding();

        LlmServerException failure = catchThrowableOfType(LlmServerException.class,
                () -> decoding.stream(read(file).getBytes(StandardCharsets.UTF_8)));

        assertThat(failure).hasMessageContaining("does not match the expected peg-native format");
        assertThat(failure.httpStatus()).hasValue(500);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void a_whole_answer_of_llama_cpp_decodes_to_what_the_file_says(Path file) {
        LlmResponse response = Decoding.ofBody(read(file));

        assertThat(RecordedChat.of(response)).isEqualTo(RecordedChat.ofChunks(List.of(new JsonObject(read(file)))));
        assertThat(response.repairs()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("providerStreams")
    void a_stream_of_a_hosted_service_decodes_to_what_the_file_says(Path file) {
        assumeTrue(Files.isRegularFile(file), NO_PROVIDERS);
        List<String> payloads = read(file).lines().filter(line -> !line.isBlank()).toList();

        LlmResponse response = Decoding.ofEvents(payloads);

        assertThat(RecordedChat.of(response))
                .isEqualTo(RecordedChat.ofChunks(payloads.stream().map(JsonObject::new).toList()));
        assertThat(response.repairs()).isEmpty();
    }

    @Test
    void arguments_cut_by_the_token_limit_make_an_incomplete_call_that_nobody_executes() {
        LlmResponse response = Decoding.ofStream(
                read(LLAMA_CPP.resolve("cmdr/chat_tool_required_cut_stream.sse")).getBytes(StandardCharsets.UTF_8));

        assertThat(response.status()).isEqualTo(ResponseStatus.INCOMPLETE);
        assertThat(response.incompleteReason()).contains("max_output_tokens");
        assertThat(response.toolCalls()).isEmpty();
        assertThat(response.output()).hasSize(1);
    }

    @Test
    void the_list_of_models_of_llama_cpp_is_read_with_its_context_window() {
        byte[] body = read(LLAMA_CPP.resolve("plain/models.json")).getBytes(StandardCharsets.UTF_8);

        assertThat(ModelList.decode("test", body)).singleElement().satisfies(model -> {
            assertThat(model.id()).isEqualTo("stories260K");
            assertThat(model.ownedBy()).contains("llamacpp");
            assertThat(model.contextWindow()).contains(8192L);
        });
    }

    private static List<JsonObject> chunks(Path stream) {
        return Arrays.stream(read(stream).split("\n")).filter(line -> line.startsWith("data: {"))
                .map(line -> new JsonObject(line.substring("data: ".length()))).collect(Collectors.toList());
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
