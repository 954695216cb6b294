package io.quarkiverse.llm.scripted;

import java.util.Collection;
import java.util.List;

import io.vertx.core.json.JsonObject;

/** A way in which servers are known to differ from the official stream of a wire API: a change to scripted answers. */
public sealed interface Deviation extends Fault permits ChatDeviation, ResponsesDeviation {

    /** All there are of one wire API. Answers in the other do not show them. */
    static List<Deviation> of(Api api) {
        return List.of(api == Api.RESPONSES ? ResponsesDeviation.values() : ChatDeviation.values());
    }

    /** Whether these make sense together: they do not contradict each other, and what they leave still has one meaning. */
    static boolean combinable(Collection<? extends Deviation> deviations) {
        return ChatDeviation.combinable(only(ChatDeviation.class, deviations))
                && ResponsesDeviation.combinable(only(ResponsesDeviation.class, deviations));
    }

    private static <D> List<D> only(Class<D> type, Collection<? extends Deviation> deviations) {
        return deviations.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The wire API whose stream it changes. */
    Api api();

    /** Whether the server fails: nothing but the failure is left of what would follow. */
    boolean isError();

    /** Whether text, calls, finish reason and usage of the undisturbed answer can still be found in the stream. */
    boolean isLossless();

    /** Changes the events of a stream in place; the list must be modifiable. */
    void apply(List<JsonObject> events);
}
