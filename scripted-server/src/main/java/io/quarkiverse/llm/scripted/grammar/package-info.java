/**
 * What a legal event stream of the two wire APIs is, and what is wrong with one that is not.
 * Knows Vert.x's JSON alone, so that the tests of any module can ask it about any stream.
 * Start reading at {@link io.quarkiverse.llm.scripted.grammar.SseStreamGrammar} (bytes),
 * {@link io.quarkiverse.llm.scripted.grammar.ResponsesGrammar} and {@link io.quarkiverse.llm.scripted.grammar.ChatGrammar}
 * (events), and at the rules themselves: {@link io.quarkiverse.llm.scripted.grammar.ResponsesRule},
 * {@link io.quarkiverse.llm.scripted.grammar.ChatRule}, {@link io.quarkiverse.llm.scripted.grammar.SseRule}.
 */
package io.quarkiverse.llm.scripted.grammar;
