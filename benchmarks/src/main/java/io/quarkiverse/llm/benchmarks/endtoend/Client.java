package io.quarkiverse.llm.benchmarks.endtoend;

import io.quarkiverse.llm.runtime.wire.chat.ChatCodec;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesCodec;

/** A client that is compared. It hands each delta to a callback and says when the stream is over. */
interface Client {

    /** What a stream brings, in order; not at the same time. */
    interface Stream {

        void delta(String text);

        void completed();

        void failed(Throwable failure);
    }

    /** Begins a stream and returns. */
    void stream(String model, Stream stream);

    static Client of(String name, String baseUrl) {
        return switch (name) {
            case "quarkus-llm" -> new QuarkusLlm(baseUrl, ChatCodec::new);
            case "quarkus-llm-responses" -> new QuarkusLlm(baseUrl, ResponsesCodec::new);
            case "langchain4j-open-ai" -> new LangChain4j(baseUrl);
            case "openai-java" -> new OpenAiJava(baseUrl);
            default -> throw new IllegalArgumentException("no client " + name);
        };
    }
}
