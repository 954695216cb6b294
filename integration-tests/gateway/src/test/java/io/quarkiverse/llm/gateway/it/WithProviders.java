package io.quarkiverse.llm.gateway.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.HashMap;
import java.util.Map;

import io.quarkiverse.llm.test.ScriptedLlmTestResource;
import io.quarkus.test.common.WithTestResource;

/** One scripted server behind several providers: the default one speaks Chat Completions, {@code native} the Responses API. */
@WithTestResource(WithProviders.Server.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface WithProviders {

    /** Starts the server and tells all providers where it is. */
    class Server extends ScriptedLlmTestResource {

        @Override
        public Map<String, String> start() {
            Map<String, String> settings = new HashMap<>(super.start());
            String baseUrl = settings.get("quarkus.llm.base-url");
            for (String name : new String[] { "native", "narrow" }) {
                settings.put("quarkus.llm." + name + ".base-url", baseUrl);
                settings.put("quarkus.llm." + name + ".model", "scripted");
            }
            return settings;
        }
    }
}
