package io.quarkiverse.llm.runtime.config;

import java.util.Collection;
import java.util.List;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.runtime.config.value.NearestName;

/** What to say when somebody asks for a provider that does not exist. */
public final class MissingProvider {

    private MissingProvider() {
    }

    /**
     * For a name that stands in the code: what to configure.
     *
     * @param names of the providers there are
     */
    public static String notConfigured(String name, Collection<String> names) {
        SettingKey baseUrl = new SettingKey(name, "base-url");
        String sentence = SettingKey.subject(name) + " is not configured: set " + baseUrl + " (environment variable "
                + baseUrl.environmentVariable() + ") or " + new SettingKey(name, "preset");
        if (name.equals(LlmClient.DEFAULT)) {
            return sentence + ", for OpenAI just " + new SettingKey(name, "api-key")
                    + (names.isEmpty() ? "" : ", or quarkus.llm.active to one of: " + String.join(", ", names));
        }
        return sentence + NearestName.question(name, named(names));
    }

    /**
     * For a name that is data: which ones there are.
     *
     * @param names of the providers there are
     */
    public static String unknown(String name, Collection<String> names) {
        String there = names.isEmpty() ? "; there are none" : "; there are: " + String.join(", ", names);
        String question = NearestName.question(name, named(names));
        return (name.equals(LlmClient.DEFAULT) ? "There is no default provider" : "There is no provider '" + name + "'")
                + (question.isEmpty() ? there : question);
    }

    /** For the value of {@code quarkus.llm.active}. */
    public static String unknownActive(String name) {
        return "quarkus.llm.active is '" + name + "', which is no configured provider";
    }

    private static List<String> named(Collection<String> names) {
        return names.stream().filter(name -> !name.equals(LlmClient.DEFAULT)).toList();
    }
}
