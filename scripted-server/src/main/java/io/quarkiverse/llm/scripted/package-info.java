/**
 * A language model server that answers from a script: real HTTP and WebSockets on loopback, recorded
 * streams, and faults by name.
 * Knows Vert.x core and nothing of Quarkus or JUnit, so that a Dev Service and a test can both run it.
 * Start reading at {@link io.quarkiverse.llm.scripted.ScriptedServer} and {@link io.quarkiverse.llm.scripted.Answer}.
 */
package io.quarkiverse.llm.scripted;
