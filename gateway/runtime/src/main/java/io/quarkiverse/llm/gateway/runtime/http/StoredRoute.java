package io.quarkiverse.llm.gateway.runtime.http;

import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.gateway.runtime.answer.StoredAnswers;
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
    private static final String ENCRYPTED_REASONING = "reasoning.encrypted_content";
    private static final int USUAL_PAGE = 20;
    private static final int LARGEST_PAGE = 100;

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
            answers.stream(exchange, id, number(query, "starting_after", -1, -1, Integer.MAX_VALUE));
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
        int limit = number(query, "limit", USUAL_PAGE, 1, LARGEST_PAGE);
        String order = Optional.ofNullable(query.get("order")).orElse("desc");
        if (!order.equals("asc") && !order.equals("desc")) {
            throw invalid("order", "'asc' or 'desc'", order);
        }
        answers.inputItems(exchange, id, order.equals("desc"), Optional.ofNullable(query.get("after")), limit);
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

    private static int number(MultiMap query, String name, int otherwise, int least, int most) {
        String value = query.get(name);
        if (value == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw invalid(name, most == Integer.MAX_VALUE ? "an integer of at least " + least
                : "an integer from " + least + " to " + most, value);
    }

    private static InvalidRequestException invalid(String name, String must, String value) {
        return new InvalidRequestException("'" + name + "' must be " + must + ", not '" + value + "'", name, "invalid_value");
    }
}
