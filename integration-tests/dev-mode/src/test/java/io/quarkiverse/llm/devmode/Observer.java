package io.quarkiverse.llm.devmode;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkiverse.llm.LlmProvider;
import io.quarkiverse.llm.LlmProviderChange;

/** Made when it first hears of a change. Uses its configuration, a provider, and an endpoint of its own application. */
@ApplicationScoped
public class Observer {

    private final List<String> heard = new CopyOnWriteArrayList<>();

    @Inject
    LlmProvider llm;

    @ConfigProperty(name = "quarkus.http.port")
    int port;

    void changed(@Observes LlmProviderChange change) throws IOException, InterruptedException {
        String greeting = ConfigProvider.getConfig().getOptionalValue("greeting", String.class).orElse("none");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/ping")).build();
        String answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
        heard.add(llm.name() + " " + change.keys() + " " + greeting + " " + answer);
    }

    List<String> heard() {
        return heard;
    }
}
