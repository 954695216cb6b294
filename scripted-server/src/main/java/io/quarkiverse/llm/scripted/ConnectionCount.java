package io.quarkiverse.llm.scripted;

/**
 * Connections of the clients to the server.
 *
 * @param opened how many were opened since the start or the last {@link ScriptedServer#reset()}
 * @param open how many are open now
 */
public record ConnectionCount(int opened, int open) {
}
