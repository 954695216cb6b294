package io.quarkiverse.llm.messaging.runtime.contract;

/** What was received is no message of the contract. */
public final class MalformedMessageException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public MalformedMessageException(String sentence) {
        super(sentence);
    }

    public MalformedMessageException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
