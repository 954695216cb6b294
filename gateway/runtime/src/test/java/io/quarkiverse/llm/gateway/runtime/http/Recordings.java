package io.quarkiverse.llm.gateway.runtime.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.quarkiverse.llm.scripted.Answer;
import io.quarkiverse.llm.scripted.Api;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/** What servers have answered: llama.cpp, and hosted services where those recordings lie beside the project. */
final class Recordings {

    private static final Path LLAMA_CPP = Path.of("../../runtime/src/test/resources/corpus/llama-cpp");
    /** Recordings of hosted services, which may lie beside the project but are not part of it. */
    private static final Path PROVIDERS = Path.of("../../../shared/corpus/providers");

    private Recordings() {
    }

    /**
     * One answer of a server.
     *
     * @param api in which it came
     * @param streamed whether it came in events
     * @param body all of it
     */
    record Recording(String name, Api api, boolean streamed, String body) {

        /** Plays it, whatever was asked. */
        Answer answer() {
            return Answer.raw(streamed ? "text/event-stream" : "application/json", body.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Recording> all() {
        return Stream.concat(ofLlamaCpp(), ofHostedServices());
    }

    static Stream<Recording> ofLlamaCpp() {
        return files(LLAMA_CPP).filter(file -> name(file).matches("(chat|resp)_.*\\.(sse|json)"))
                .filter(file -> !name(file).endsWith(".req.json") && !name(file).equals("resp_input_tokens.json"))
                .map(file -> new Recording(file.getParent().getFileName() + "/" + name(file),
                        name(file).startsWith("chat_") ? Api.CHAT_COMPLETIONS : Api.RESPONSES, name(file).endsWith(".sse"),
                        read(file)));
    }

    /** Each turn of a conversation by itself; none where they are not here. */
    static Stream<Recording> ofHostedServices() {
        return files(PROVIDERS).filter(file -> name(file).endsWith(".jsonl")).flatMap(file -> {
            List<List<String>> turns = turns(file);
            Api api = turns.get(0).get(0).contains("\"chat.completion.chunk\"") ? Api.CHAT_COMPLETIONS : Api.RESPONSES;
            return IntStream.range(0, turns.size())
                    .mapToObj(i -> new Recording(name(file) + "#" + i, api, true, stream(turns.get(i))));
        });
    }

    private static String stream(List<String> payloads) {
        return payloads.stream().map(payload -> "data: " + payload + "\n\n").collect(Collectors.joining());
    }

    private static List<List<String>> turns(Path file) {
        List<List<String>> turns = new ArrayList<>();
        for (String line : read(file).lines().filter(text -> !text.isBlank()).toList()) {
            if (turns.isEmpty() || line.contains("\"type\":\"response.created\"")) {
                turns.add(new ArrayList<>());
            }
            turns.get(turns.size() - 1).add(isJson(line) ? line : line + "}");
        }
        return turns;
    }

    /** Two lines of one recording have lost their last brace. */
    private static boolean isJson(String line) {
        try {
            return !new JsonObject(line).isEmpty();
        } catch (DecodeException e) {
            return false;
        }
    }

    private static Stream<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
