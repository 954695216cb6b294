package io.quarkiverse.llm.benchmarks.endtoend;

import java.util.concurrent.Flow;
import java.util.function.Function;

import io.quarkiverse.llm.LlmEvent;
import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.benchmarks.Settings;
import io.quarkiverse.llm.runtime.config.ProviderSettings;
import io.quarkiverse.llm.runtime.provider.WireProvider;
import io.quarkiverse.llm.runtime.transport.HttpTransport;
import io.quarkiverse.llm.runtime.wire.WireCodec;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.vertx.core.Vertx;

/** This project's provider, with the settings it has in an application that gives nothing but its URL. */
final class QuarkusLlm implements Client {

    private final LlmProvider provider;

    QuarkusLlm(String baseUrl, Function<ProviderSettings, WireCodec> wireApi) {
        ProviderSettings settings = Settings.of(baseUrl);
        Vertx vertx = Vertx.vertx();
        provider = new WireProvider(settings, wireApi.apply(settings), new HttpTransport(settings, vertx, options -> {
        }), vertx);
    }

    @Override
    public void stream(String model, Stream stream) {
        LlmRequest.Builder request = LlmRequest.builder().model(model).user("Why is the sky blue?");
        if (Work.of(model).tools()) {
            request.tool(Tool.function("get_weather", "The weather of a city"));
        }
        provider.stream(request.build()).subscribe().withSubscriber(new Deltas(stream));
    }

    private static final class Deltas implements MultiSubscriber<LlmEvent> {

        private final Stream stream;
        private boolean usage;

        Deltas(Stream stream) {
            this.stream = stream;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onItem(LlmEvent event) {
            if (event instanceof LlmEvent.TextDelta text) {
                stream.delta(text.delta());
            } else if (event instanceof LlmEvent.ToolCallArgumentsDelta arguments) {
                stream.delta(arguments.delta());
            } else if (event instanceof LlmEvent.ResponseCompleted completed) {
                usage = completed.response().usage().isPresent();
            }
        }

        @Override
        public void onCompletion() {
            if (usage) {
                stream.completed();
            } else {
                stream.failed(new IllegalStateException("no usage"));
            }
        }

        @Override
        public void onFailure(Throwable failure) {
            stream.failed(failure);
        }
    }
}
