package io.quarkiverse.llm.messaging.runtime.kafka;

import java.lang.reflect.Field;

import jakarta.enterprise.inject.Instance;

import io.smallrye.reactive.messaging.kafka.KafkaCDIEvents;
import io.smallrye.reactive.messaging.kafka.fault.KafkaDeadLetterQueue;
import io.smallrye.reactive.messaging.kafka.fault.KafkaFailureHandler;

/** The connector's own strategy for dead letters, outside of an application: what would be injected is put there. */
final class DeadLetterQueue {

    private DeadLetterQueue() {
    }

    /**
     * @param events nobody listens to
     * @param none for whatever an application may have of its own
     * @param serialization handlers by their names
     */
    static KafkaFailureHandler.Factory factory(KafkaCDIEvents events, Instance<?> none, Instance<?> serialization) {
        KafkaDeadLetterQueue.Factory factory = new KafkaDeadLetterQueue.Factory();
        try {
            for (Field injected : KafkaDeadLetterQueue.Factory.class.getDeclaredFields()) {
                injected.setAccessible(true);
                injected.set(factory, switch (injected.getName()) {
                    case "kafkaCDIEvents" -> events;
                    case "serializationFailureHandlers" -> serialization;
                    default -> none;
                });
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
        return factory;
    }
}
