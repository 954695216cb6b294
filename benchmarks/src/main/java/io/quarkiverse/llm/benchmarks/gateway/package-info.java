/**
 * Gateways side by side: {@code /v1/responses} in front of a server that knows only {@code /v1/chat/completions}. This
 * project's gateway as an application beside {@link io.quarkiverse.llm.benchmarks.gateway.BareTranslator}, which is what
 * translating costs by itself. Start reading at {@link io.quarkiverse.llm.benchmarks.gateway.Gateways}.
 */
package io.quarkiverse.llm.benchmarks.gateway;
