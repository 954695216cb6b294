package io.quarkiverse.llm.gateway.runtime.answer;

import io.vertx.core.MultiMap;

/**
 * Tells which gateways a request has come through, as RFC 9110 (7.6.3) has it for proxies: one whose provider is the gateway
 * itself, which a wrong port is enough for, would go in circles for ever.
 *
 * @param self the name of this gateway, which no other has
 */
public record Via(String self) {

    public static final String HEADER = "via";
    private static final int LONGEST = 1_000;

    /**
     * The header for the provider.
     *
     * @throws RefusedException when the request has come through here before
     */
    public String next(MultiMap headers) {
        String before = String.join(", ", headers.getAll(HEADER));
        if (before.contains(self)) {
            throw RefusedException.loop();
        }
        return (before.isEmpty() || before.length() > LONGEST ? "" : before + ", ") + "1.1 " + self;
    }
}
