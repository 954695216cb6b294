package io.quarkiverse.llm.benchmarks.endtoend;

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
            case "quarkus-llm" -> new QuarkusLlm(baseUrl);
            case "langchain4j-open-ai" -> new LangChain4j(baseUrl);
            case "openai-java" -> new OpenAiJava(baseUrl);
            default -> throw new IllegalArgumentException("no client " + name);
        };
    }
}
