package io.quarkiverse.llm.gateway.runtime.state;

/** What was to be read as an {@link EventLog} is none, or has been damaged. */
public final class MalformedLogException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedLogException(String what) {
        super("This is no log of events: " + what);
    }
}
