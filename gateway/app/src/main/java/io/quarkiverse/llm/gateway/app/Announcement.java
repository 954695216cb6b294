package io.quarkiverse.llm.gateway.app;

import java.net.URI;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.quarkiverse.llm.gateway.runtime.routing.ServedModels;
import io.vertx.core.json.Json;

/**
 * What the log tells at the start: where the gateway is, which models it has, and what to write into the configuration of
 * agents.
 *
 * @param baseUrl for clients
 * @param keys whether clients must send one
 */
record Announcement(String baseUrl, ServedModels models, boolean keys) {

    /** Where agents read their key, so that it stands in no file that others see. */
    private static final String VARIABLE = "GATEWAY_API_KEY";

    private static final int MOST_MODELS = 20;
    private static final String SOME_MODEL = "MODEL";

    static String baseUrl(URI server, String path) {
        String root = server.toString().replaceAll("/+$", "");
        return path.isEmpty() ? root : root + "/" + path;
    }

    String text() {
        return """
                The gateway is at %s
                %s%s

                Codex, in ~/.codex/config.toml:

                %s
                opencode, in opencode.json:

                %s""".formatted(baseUrl, listed(), keys ? "\n" + howToSendKeys() : "", codex(), opencode());
    }

    private static String howToSendKeys() {
        return "Clients send their key as bearer token; agents, as set up below, read it from the variable " + VARIABLE;
    }

    private String listed() {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(models.silent()).forEach((provider, why) -> text.append("Provider '").append(provider)
                .append("' does not list its models, it is asked again when somebody asks for one: ").append(why).append('\n'));
        List<String> names = models.names();
        if (models.providers().isEmpty()) {
            return "No server of models is configured: set QUARKUS_LLM_BASE_URL to the address of one and start again";
        }
        if (names.isEmpty()) {
            return text.append("No models are known: say the name of one in place of ").append(SOME_MODEL).toString();
        }
        String more = names.size() > MOST_MODELS ? ", and " + (names.size() - MOST_MODELS) + " more" : "";
        return text.append("Models: ").append(names.stream().limit(MOST_MODELS).collect(Collectors.joining(", "))).append(more)
                .toString();
    }

    /** The one that is configured, else the first that can talk, as far as its name tells. */
    private String model() {
        return models.own().or(() -> models.names().stream().filter(name -> !name.contains("embed")).findFirst())
                .or(() -> models.names().stream().findFirst()).orElse(SOME_MODEL);
    }

    /** A string of TOML has the escapes of one of JSON. */
    private String codex() {
        return """
                model = %s
                model_provider = "gateway"

                [model_providers.gateway]
                name = "gateway"
                base_url = "%s"
                wire_api = "responses"
                %s""".formatted(Json.encode(model()), baseUrl, keys ? "env_key = \"" + VARIABLE + "\"\n" : "");
    }

    private String opencode() {
        String all = models.names().isEmpty() ? Json.encode(model()) + ": {}"
                : models.names().stream().limit(MOST_MODELS).map(name -> Json.encode(name) + ": {}")
                        .collect(Collectors.joining(", "));
        return """
                {
                  "$schema": "https://opencode.ai/config.json",
                  "model": %s,
                  "provider": {
                    "gateway": {
                      "npm": "@ai-sdk/openai-compatible",
                      "name": "gateway",
                      "options": { "baseURL": "%s", "apiKey": "%s" },
                      "models": { %s }
                    }
                  }
                }""".formatted(Json.encode("gateway/" + model()), baseUrl, keys ? "{env:" + VARIABLE + "}" : "none", all);
    }
}
