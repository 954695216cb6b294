package io.quarkiverse.llm.messaging.runtime.channel;

import java.util.List;

/**
 * What the channels of a worker or a remote provider are called.
 *
 * @param name of the worker or the remote provider
 */
public record ChannelNames(String name) {

    public String requests() {
        return name + "-requests";
    }

    public String cancels() {
        return name + "-cancels";
    }

    public String events() {
        return name + "-events";
    }

    public String responses() {
        return name + "-responses";
    }

    public String deadLetters() {
        return name + "-dead-letters";
    }

    /** What a worker reads, and a remote provider writes. */
    public List<String> toWorkers() {
        return List.of(requests(), cancels());
    }

    /** What a worker writes; a remote provider reads the first. */
    public List<String> fromWorkers() {
        return List.of(events(), responses(), deadLetters());
    }
}
