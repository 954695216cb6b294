package io.quarkiverse.llm.messaging.runtime.channel;

import static io.quarkiverse.llm.messaging.runtime.channel.ChannelPlan.KAFKA;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What the configuration does not say of our channels. Whatever it says itself is left alone. */
final class ChannelDefaults {

    private final ChannelPlan plan;
    private final Function<String, Optional<String>> values;
    private final String process;

    /**
     * @param values of the configuration, by key
     * @param process unique for each start of a process
     */
    ChannelDefaults(ChannelPlan plan, Function<String, Optional<String>> values, String process) {
        this.plan = plan;
        this.values = values;
        this.process = process;
    }

    /** Keys and values. */
    Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        for (ChannelEnd end : plan.ends()) {
            Optional<String> connector = plan.connector(end, values);
            // even an attribute alone would make Reactive Messaging look for a connector
            connector.ifPresent(name -> {
                properties.put(end.key("connector"), name);
                if (isKafka(name)) {
                    KafkaDefaults.needed(end, process)
                            .forEach((attribute, value) -> properties.put(end.key(attribute), value));
                    KafkaDefaults.tuning(end).forEach((attribute, value) -> {
                        if (values.apply("mp.messaging.connector." + KAFKA + "." + attribute).isEmpty()) {
                            properties.put(end.key(attribute), value);
                        }
                    });
                }
            });
        }
        return properties;
    }

    private static boolean isKafka(String connector) {
        // Reactive Messaging knows its connectors by their short names as well
        return connector.equals(KAFKA) || KAFKA.equals("smallrye-" + connector);
    }
}
