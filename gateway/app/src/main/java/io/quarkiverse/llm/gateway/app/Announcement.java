package io.quarkiverse.llm.gateway.app;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What the log tells at the start: where the gateway is, which models it has, and what to write into the configuration of
 * agents.
 *
 * @param baseUrl for clients
 * @param models by the names that clients say
 */
record Announcement(String baseUrl, List<String> models) {

    private static final int MOST_MODELS = 20;
    private static final String SOME_MODEL = "MODEL";

    String text() {
        String model = models.isEmpty() ? SOME_MODEL : models.get(0);
        return """
                The gateway is at %s
                %s

                Codex, in ~/.codex/config.toml:

                %s
                opencode, in opencode.json:

                %s""".formatted(baseUrl, listed(), codex(model), opencode(model));
    }

    private String listed() {
        if (models.isEmpty()) {
            return "No provider lists any models: say the name of one that it has, in place of " + SOME_MODEL;
        }
        String more = models.size() > MOST_MODELS ? ", and " + (models.size() - MOST_MODELS) + " more" : "";
        return "Models: " + models.stream().limit(MOST_MODELS).collect(Collectors.joining(", ")) + more;
    }

    private String codex(String model) {
        return """
                model = "%s"
                model_provider = "gateway"

                [model_providers.gateway]
                name = "gateway"
                base_url = "%s"
                wire_api = "responses"
                """.formatted(model, baseUrl);
    }

    private String opencode(String model) {
        String all = models.isEmpty() ? "\"" + SOME_MODEL + "\": {}"
                : models.stream().limit(MOST_MODELS).map(name -> "\"" + name + "\": {}").collect(Collectors.joining(", "));
        return """
                {
                  "$schema": "https://opencode.ai/config.json",
                  "model": "gateway/%s",
                  "provider": {
                    "gateway": {
                      "npm": "@ai-sdk/openai-compatible",
                      "options": { "baseURL": "%s", "apiKey": "none" },
                      "models": { %s }
                    }
                  }
                }""".formatted(model, baseUrl, all);
    }
}
