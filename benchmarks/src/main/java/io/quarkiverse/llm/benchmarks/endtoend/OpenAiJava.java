package io.quarkiverse.llm.benchmarks.endtoend;

import java.util.List;
import java.util.Optional;

import com.openai.client.OpenAIClientAsync;
import com.openai.client.okhttp.OpenAIOkHttpClientAsync;
import com.openai.core.http.AsyncStreamResponse;
import com.openai.models.FunctionDefinition;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;

/** OpenAI's own client for Java, asynchronous, as its guide shows it. */
final class OpenAiJava implements Client {

    private final OpenAIClientAsync client;

    OpenAiJava(String baseUrl) {
        client = OpenAIOkHttpClientAsync.builder().baseUrl(baseUrl).apiKey("sk-benchmark").build();
    }

    @Override
    public void stream(String model, Stream stream) {
        ChatCompletionCreateParams.Builder request = ChatCompletionCreateParams.builder().model(model)
                .addUserMessage("Why is the sky blue?")
                .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build());
        if (Work.of(model).tools()) {
            request.addTool(ChatCompletionFunctionTool.builder()
                    .function(FunctionDefinition.builder().name("get_weather").build()).build());
        }
        client.chat().completions().createStreaming(request.build()).subscribe(new Deltas(stream));
    }

    private static final class Deltas implements AsyncStreamResponse.Handler<ChatCompletionChunk> {

        private final Stream stream;
        private boolean usage;

        Deltas(Stream stream) {
            this.stream = stream;
        }

        @Override
        public void onNext(ChatCompletionChunk chunk) {
            usage |= chunk.usage().isPresent();
            List<ChatCompletionChunk.Choice> choices = chunk.choices();
            if (choices.isEmpty()) {
                return;
            }
            ChatCompletionChunk.Choice.Delta delta = choices.get(0).delta();
            delta.content().filter(text -> !text.isEmpty()).ifPresent(stream::delta);
            delta.toolCalls().ifPresent(calls -> calls.forEach(call -> call.function()
                    .flatMap(ChatCompletionChunk.Choice.Delta.ToolCall.Function::arguments)
                    .filter(text -> !text.isEmpty()).ifPresent(stream::delta)));
        }

        @Override
        public void onComplete(Optional<Throwable> failure) {
            if (failure.isPresent()) {
                stream.failed(failure.get());
            } else if (!usage) {
                stream.failed(new IllegalStateException("no usage"));
            } else {
                stream.completed();
            }
        }
    }
}
