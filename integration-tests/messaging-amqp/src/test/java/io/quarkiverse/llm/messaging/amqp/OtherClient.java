package io.quarkiverse.llm.messaging.amqp;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.amqp.IncomingAmqpMetadata;
import io.smallrye.reactive.messaging.amqp.OutgoingAmqpMetadata;
import io.vertx.core.json.JsonObject;

/** Speaks AMQP and JSON, and knows the contract from the guide alone. */
@ApplicationScoped
class OtherClient {

    private final List<JsonObject> answers = new CopyOnWriteArrayList<>();
    private final List<JsonObject> letters = new CopyOnWriteArrayList<>();
    private final List<Integer> deliveries = new CopyOnWriteArrayList<>();

    @Channel("asking")
    Emitter<byte[]> asking;

    @Channel("offering")
    Emitter<byte[]> offering;

    @Channel("early")
    MutinyEmitter<byte[]> early;

    @Channel("late")
    Multi<byte[]> late;

    void send(String json, String contentType) {
        asking.send(Message.of(json.getBytes())
                .addMetadata(OutgoingAmqpMetadata.builder().withContentType(contentType).build()));
    }

    /** Done when the broker has it. */
    Uni<Void> sendEarly(String text) {
        return early.send(text.getBytes());
    }

    /** What is in the queue of {@link #sendEarly}, which nobody reads before. */
    Uni<String> takeLate() {
        return late.toUni().map(String::new);
    }

    @Incoming("answers")
    void answer(byte[] json) {
        answers.add(new JsonObject(new String(json)));
    }

    void offer(String text) {
        offering.send(text.getBytes());
    }

    @Incoming("offers")
    CompletionStage<Void> refuseFirst(Message<byte[]> offer) {
        deliveries.add(offer.getMetadata(IncomingAmqpMetadata.class).orElseThrow().getDeliveryCount());
        return deliveries.size() == 1 ? offer.nack(new IllegalStateException("not now")) : offer.ack();
    }

    /** How often what was offered had been given out before, each time that it was. */
    List<Integer> deliveries() {
        return deliveries;
    }

    @Incoming("letters")
    void letter(byte[] json) {
        letters.add(new JsonObject(new String(json)));
    }

    List<JsonObject> answers() {
        return answers;
    }

    List<JsonObject> letters() {
        return letters;
    }
}
