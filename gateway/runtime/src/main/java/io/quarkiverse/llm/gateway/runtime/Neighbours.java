package io.quarkiverse.llm.gateway.runtime;

/**
 * What the application has besides the gateway, as its build has found.
 *
 * @param redis a Redis client
 * @param security a security extension
 */
record Neighbours(boolean redis, boolean security) {
}
