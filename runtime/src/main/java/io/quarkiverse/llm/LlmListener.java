package io.quarkiverse.llm;

import java.util.Map;

/**
 * Hears of what happens in the providers of the application. Each CDI bean of this type is called. Methods are called on event
 * loops: they must not block, and what they throw is logged and goes no further.
 */
public interface LlmListener {

    /**
     * An answer that departed from its wire API has ended, well or not.
     *
     * @param provider its name
     * @param request that it answers; an empty one where a stored response was got, cancelled or resumed. Of a request in the
     *        background each look at its response is an answer
     * @param repairs how often each departure was met, never empty
     */
    default void onRepairs(String provider, LlmRequest request, Map<Repair, Integer> repairs) {
    }
}
