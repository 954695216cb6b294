package io.quarkiverse.llm.gateway.runtime.answer;

import java.util.Optional;

import org.jboss.logging.Logger;

import io.quarkiverse.llm.gateway.runtime.state.EventLog;
import io.quarkiverse.llm.gateway.runtime.state.MalformedLogException;
import io.quarkiverse.llm.gateway.runtime.state.StoredResponse;
import io.quarkiverse.llm.runtime.wire.responses.ResponsesServerCodec;

/** The events of a response that is over: those in which it was told, or else made of what it has become. */
final class ToldLog {

    private static final Logger LOG = Logger.getLogger(ToldLog.class.getPackageName());

    private ToldLog() {
    }

    /**
     * @param kept the events as they are kept
     */
    static EventLog of(Optional<byte[]> kept, StoredResponse response, ResponsesServerCodec codec) {
        if (kept.isPresent()) {
            try {
                return EventLog.decoded(kept.get());
            } catch (MalformedLogException e) {
                LOG.errorf("The events of a response are made anew. %s", e.getMessage());
            }
        }
        EventLog log = new EventLog();
        codec.retell(response.resource(), log);
        return log;
    }
}
