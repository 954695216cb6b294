package io.quarkiverse.llm.gateway.runtime.answer;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import io.quarkiverse.llm.LlmRequest;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.gateway.runtime.compaction.ContextManagement;
import io.quarkiverse.llm.gateway.runtime.compaction.Cut;
import io.quarkiverse.llm.runtime.wire.ReceivedRequest;

/**
 * How the conversation of a request may be made shorter.
 *
 * @param when the client wants that
 * @param cut what of it is told in a summary; empty where nothing can be
 * @param summary the request for that
 * @param reading the request of the client with another conversation in it
 */
record Shortening(ContextManagement when, Supplier<Optional<Cut>> cut, Function<Cut, LlmRequest> summary,
        Function<List<RawJson>, ReceivedRequest> reading) {
}
