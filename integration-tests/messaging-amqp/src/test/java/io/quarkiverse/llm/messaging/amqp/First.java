package io.quarkiverse.llm.messaging.amqp;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkiverse.llm.LlmClient;

/** The provider of one of the workers. */
@ApplicationScoped
@LlmClient("first")
class First extends Talker {

    @Override
    public String name() {
        return "first";
    }
}
