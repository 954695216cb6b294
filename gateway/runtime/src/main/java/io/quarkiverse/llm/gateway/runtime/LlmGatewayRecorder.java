package io.quarkiverse.llm.gateway.runtime;

import io.quarkus.runtime.annotations.Recorder;

/** Puts the parts of the gateway together when the application starts. */
@Recorder
public class LlmGatewayRecorder {
}
