/**
 * Gets traces across channels with OpenTelemetry. It is only there when that is; nobody knows it but the build. Start reading
 * at {@link io.quarkiverse.llm.messaging.runtime.telemetry.OpenTelemetryTraces}.
 */
package io.quarkiverse.llm.messaging.runtime.telemetry;
