package io.quarkiverse.llm.gateway.runtime.http;

import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.gateway.runtime.answer.StoredAnswers;
import io.quarkiverse.llm.gateway.runtime.state.ItemListing;
import io.quarkiverse.llm.gateway.runtime.state.NotKeptException;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.InvalidRequestException;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/** Takes requests about one response that is kept. */
final class StoredRoute implements Handler<RoutingContext> {

    private static final String ID = "id";
    private static final String STARTING_AFTER = "starting_after";
    private static final String ENCRYPTED_REASONING = "reasoning.encrypted_content";

    /** What is asked of a response. */
    interface Asked {

        void answer(StoredAnswers answers, HttpExchange exchange, RoutingContext routing, String id);
    }

    private final Optional<StoredAnswers> answers;
    private final Asked asked;

    /**
     * @param answers empty where nothing is kept
     */
    StoredRoute(Optional<StoredAnswers> answers, Asked asked) {
        this.answers = answers;
        this.asked = asked;
    }

    @Override
    public void handle(RoutingContext routing) {
        HttpExchange exchange = new HttpExchange(routing, WireApi.RESPONSES);
        exchange.attempt(() -> {
            String id = routing.pathParam(ID);
            asked.answer(answers.orElseThrow(() -> NotKeptException.responseOfNoStore(id)), exchange, routing, id);
        });
    }

    static void get(StoredAnswers answers, HttpExchange exchange, RoutingContext routing, String id) {
        MultiMap query = routing.queryParams();
        boolean head = routing.request().method().equals(HttpMethod.HEAD);
        if (flag(query, "stream") && !head) {
            answers.stream(exchange, id, startingAfter(query));
        } else {
            answers.get(exchange, id, isIncluded(query));
        }
    }

    static void delete(StoredAnswers answers, HttpExchange exchange, RoutingContext routing, String id) {
        answers.delete(exchange, id);
    }

    static void cancel(StoredAnswers answers, HttpExchange exchange, RoutingContext routing, String id) {
        answers.cancel(exchange, id);
    }

    static void inputItems(StoredAnswers answers, HttpExchange exchange, RoutingContext routing, String id) {
        MultiMap query = routing.queryParams();
        answers.inputItems(exchange, id, ItemListing.of(Optional.ofNullable(query.get("limit")),
                Optional.ofNullable(query.get("order")), Optional.ofNullable(query.get("after"))));
    }

    /** Clients write lists with brackets, without, and with indexes. */
    private static boolean isIncluded(MultiMap query) {
        return query.entries().stream().filter(entry -> entry.getKey().matches("include(\\[\\d*])?"))
                .flatMap(entry -> List.of(entry.getValue().split(",")).stream()).anyMatch(ENCRYPTED_REASONING::equals);
    }

    private static boolean flag(MultiMap query, String name) {
        String value = Optional.ofNullable(query.get(name)).orElse("false");
        if (!value.equals("true") && !value.equals("false")) {
            throw invalid(name, "true or false", value);
        }
        return value.equals("true");
    }

    private static int startingAfter(MultiMap query) {
        String value = Optional.ofNullable(query.get(STARTING_AFTER)).orElse("-1");
        try {
            int number = Integer.parseInt(value);
            if (number >= -1) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw invalid(STARTING_AFTER, "an integer of at least -1", value);
    }

    private static InvalidRequestException invalid(String name, String must, String value) {
        return new InvalidRequestException("'" + name + "' must be " + must + ", not '" + value + "'", name, "invalid_value");
    }
}
