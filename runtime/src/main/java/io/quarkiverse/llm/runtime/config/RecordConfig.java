package io.quarkiverse.llm.runtime.config;

import java.nio.file.Path;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigGroup;

/** Recordings of what a provider sent and received, to look into and to replay in tests. */
@ConfigGroup
public interface RecordConfig {

    /**
     * Where each exchange with the server is recorded, in a folder of its own: the request, the answer as it arrived, and when
     * what arrived. Secrets of the configuration are masked, prompts and answers are not. Nothing is recorded unless set.
     */
    Optional<Path> directory();
}
