package io.quarkiverse.llm.messaging.deployment;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Channels of an application that has nothing to do with language models. */
@ApplicationScoped
class Orders {

    @Channel("prices")
    Emitter<String> prices;

    @Incoming("orders")
    void take(String order) {
    }
}
