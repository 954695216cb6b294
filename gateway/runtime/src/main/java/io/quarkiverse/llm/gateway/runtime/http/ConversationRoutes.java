package io.quarkiverse.llm.gateway.runtime.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.gateway.runtime.answer.RefusedException;
import io.quarkiverse.llm.gateway.runtime.state.Conversation;
import io.quarkiverse.llm.gateway.runtime.state.ConversationStore;
import io.quarkiverse.llm.gateway.runtime.state.ItemListing;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.json.JsonText;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/**
 * Conversations and their items, as clients make, read and change them.
 *
 * @param kept empty where nothing is kept
 */
record ConversationRoutes(RequestBody body, Optional<ConversationStore> kept) {

    private static final String CONVERSATION = "conversation_id";
    private static final String ITEM = "item_id";

    /** One request to the conversations of one owner. */
    private record Call(RoutingContext routing, HttpExchange exchange, ConversationStore conversations, ConversationBody said) {

        String owner() {
            return exchange.owner();
        }

        String conversation() {
            return routing.pathParam(CONVERSATION);
        }

        String item() {
            return routing.pathParam(ITEM);
        }

        Optional<String> query(String name) {
            return routing.queryParam(name).stream().findFirst();
        }
    }

    Map<HttpMethod, Handler<RoutingContext>> conversations() {
        return Map.of(HttpMethod.POST, reading(call -> call.conversations()
                .create(call.owner(), call.said().metadata(), call.said().items()).map(Conversation::resource)));
    }

    Map<HttpMethod, Handler<RoutingContext>> conversation() {
        return Map.of(
                HttpMethod.GET, asking(call -> call.conversations().find(call.owner(), call.conversation())
                        .map(Conversation::resource)),
                HttpMethod.POST, reading(call -> call.conversations()
                        .update(call.owner(), call.conversation(), call.said().requiredMetadata()).map(Conversation::resource)),
                HttpMethod.DELETE, asking(call -> call.conversations().delete(call.owner(), call.conversation())
                        .map(done -> deleted(call.conversation()))));
    }

    private static RawJson deleted(String id) {
        return RawJson.verbatim("{\"id\":" + JsonText.quoted(id) + ",\"object\":\"conversation.deleted\",\"deleted\":true}");
    }

    Map<HttpMethod, Handler<RoutingContext>> items() {
        return Map.of(
                HttpMethod.GET, asking(call -> call.conversations().list(call.owner(), call.conversation(),
                        ItemListing.of(call.query("limit"), call.query("order"), call.query("after")))),
                HttpMethod.POST, reading(call -> call.conversations()
                        .append(call.owner(), call.conversation(), call.said().requiredItems())
                        .map(added -> ItemListing.list(added, false))));
    }

    Map<HttpMethod, Handler<RoutingContext>> item() {
        return Map.of(
                HttpMethod.GET, asking(call -> call.conversations().item(call.owner(), call.conversation(), call.item())),
                HttpMethod.DELETE, asking(call -> call.conversations()
                        .deleteItem(call.owner(), call.conversation(), call.item()).map(Conversation::resource)));
    }

    private Handler<RoutingContext> asking(Function<Call, Uni<RawJson>> answer) {
        return routing -> {
            HttpExchange exchange = new HttpExchange(routing, WireApi.AUTO);
            exchange.attempt(() -> answer(routing, exchange, Buffer.buffer(), answer));
        };
    }

    private Handler<RoutingContext> reading(Function<Call, Uni<RawJson>> answer) {
        return routing -> {
            HttpExchange exchange = new HttpExchange(routing, WireApi.AUTO);
            body.read(routing).onComplete(read -> {
                if (read.failed()) {
                    exchange.fail(read.cause());
                } else {
                    exchange.attempt(() -> answer(routing, exchange, read.result(), answer));
                }
            });
        };
    }

    private void answer(RoutingContext routing, HttpExchange exchange, Buffer sent, Function<Call, Uni<RawJson>> answer) {
        ConversationStore conversations = kept.orElseThrow(RefusedException::nothingKept);
        exchange.compute(sent.length(), () -> answer
                .apply(new Call(routing, exchange, conversations, ConversationBody.of(sent))),
                answered -> exchange.await(answered,
                        json -> exchange.answer(json.text().getBytes(StandardCharsets.UTF_8), "kept")));
    }

    /** What is served where. */
    List<Map.Entry<GatewayRoutes.Place, Map<HttpMethod, Handler<RoutingContext>>>> all() {
        return List.of(Map.entry(GatewayRoutes.Place.CONVERSATIONS, conversations()),
                Map.entry(GatewayRoutes.Place.CONVERSATION, conversation()),
                Map.entry(GatewayRoutes.Place.CONVERSATION_ITEMS, items()),
                Map.entry(GatewayRoutes.Place.CONVERSATION_ITEM, item()));
    }
}
