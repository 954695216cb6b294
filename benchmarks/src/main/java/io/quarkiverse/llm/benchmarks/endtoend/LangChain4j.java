package io.quarkiverse.llm.benchmarks.endtoend;

import java.util.List;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;

/** langchain4j-open-ai as its guide shows it, on the JDK's HTTP client. It asks for the usage by itself. */
final class LangChain4j implements Client {

    private final OpenAiStreamingChatModel client;

    LangChain4j(String baseUrl) {
        client = OpenAiStreamingChatModel.builder().baseUrl(baseUrl).apiKey("sk-benchmark").modelName("flood-text-1").build();
    }

    @Override
    public void stream(String model, Stream stream) {
        OpenAiChatRequestParameters.Builder parameters = OpenAiChatRequestParameters.builder().modelName(model);
        if (Work.of(model).tools()) {
            parameters.toolSpecifications(List.of(ToolSpecification.builder().name("get_weather").build()));
        }
        client.chat(ChatRequest.builder().messages(UserMessage.from("Why is the sky blue?")).parameters(parameters.build())
                .build(), new StreamingChatResponseHandler() {
                    @Override
                    public void onPartialResponse(String text) {
                        stream.delta(text);
                    }

                    @Override
                    public void onPartialToolCall(PartialToolCall call) {
                        stream.delta(call.partialArguments());
                    }

                    @Override
                    public void onCompleteResponse(ChatResponse response) {
                        if (response.tokenUsage() == null) {
                            stream.failed(new IllegalStateException("no usage"));
                        } else {
                            stream.completed();
                        }
                    }

                    @Override
                    public void onError(Throwable failure) {
                        stream.failed(failure);
                    }
                });
    }
}
