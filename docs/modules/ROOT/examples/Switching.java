package io.quarkiverse.llm.guides;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import io.quarkiverse.llm.LlmProviderChange;
import io.quarkiverse.llm.LlmProviderUpdate;
import io.quarkiverse.llm.LlmProviders;
import io.quarkiverse.llm.Secret;

@ApplicationScoped
public class Switching {

    private final List<String> log = new CopyOnWriteArrayList<>();

    // tag::switching[]
    @Inject
    LlmProviders providers;

    void useLocal() {
        providers.activate("local"); // <1>
    }

    void useModel(String model) {
        providers.update("local", LlmProviderUpdate.model(model).with("idle-timeout", "30s")); // <2>
    }

    void move(String baseUrl, Secret key) {
        providers.update("local", LlmProviderUpdate.baseUrl(baseUrl).with("api-key", key)); // <3>
    }

    void asConfigured() {
        providers.reset(); // <4>
    }
    // end::switching[]

    // tag::settings[]
    String sourceOfModel() {
        return providers.settings("local").find("model")
                .map(model -> model.value() + " (" + model.source() + ")") // <1>
                .orElse("the server decides");
    }
    // end::settings[]

    // tag::observing[]
    void changed(@Observes LlmProviderChange change) {
        log.add(change.provider() + ": " + change.cause() + " " + change.keys());
    }
    // end::observing[]

    List<String> log() {
        return log;
    }
}
