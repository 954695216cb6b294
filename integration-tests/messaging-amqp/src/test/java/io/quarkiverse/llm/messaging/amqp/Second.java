package io.quarkiverse.llm.messaging.amqp;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkiverse.llm.LlmClient;

/** The provider of one of the workers. */
@ApplicationScoped
@LlmClient("second")
class Second extends Talker {

    @Override
    public String name() {
        return "second";
    }
}
