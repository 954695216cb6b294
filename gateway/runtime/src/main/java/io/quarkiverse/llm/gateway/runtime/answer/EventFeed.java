package io.quarkiverse.llm.gateway.runtime.answer;

import java.util.List;

import io.smallrye.mutiny.Uni;

/** The events of one response, from some number on, as fast as they are asked for. Asked on one thread, answers on any. */
interface EventFeed {

    /** Those that come next, when there are any; none when there will be none any more. Only one at a time. */
    Uni<List<FedEvent>> next();
}
