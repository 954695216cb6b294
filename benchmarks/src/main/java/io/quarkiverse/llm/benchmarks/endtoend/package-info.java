/**
 * Clients side by side, end to end: a server that sends prepared streams in a process of its own, and each client in a
 * process of its own that counts what an event costs. Start reading at
 * {@link io.quarkiverse.llm.benchmarks.endtoend.Comparison}.
 */
package io.quarkiverse.llm.benchmarks.endtoend;
