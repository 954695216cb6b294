/**
 * Tests of an application that talks to language models: a provider that answers from a script without HTTP, a scripted
 * server as a JUnit extension and as a Quarkus test resource, and assertions on what was sent and received. Knows JUnit,
 * AssertJ, the Quarkus test interfaces, the scripted server and the extension's run time.
 * Start reading at {@link io.quarkiverse.llm.test.MockLlm}, {@link io.quarkiverse.llm.test.ScriptedLlmTestResource} and
 * {@link io.quarkiverse.llm.test.LlmAssertions}.
 */
package io.quarkiverse.llm.test;
