/**
 * Tests of an application against a scripted language model server: a JUnit extension and a Quarkus test resource.
 * Knows JUnit, the Quarkus test interfaces and the scripted server, and nothing of the extension's run time.
 * Start reading at {@link io.quarkiverse.llm.test.ScriptedLlmTestResource}.
 */
package io.quarkiverse.llm.test;
