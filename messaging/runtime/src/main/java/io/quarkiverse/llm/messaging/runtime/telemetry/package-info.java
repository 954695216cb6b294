/**
 * Gets traces across channels with OpenTelemetry. It is only there when that is; nobody knows it but the build.
 * <p>
 * May know {@code .channel}, {@code .worker} and {@code .remote}. Start reading at
 * {@link io.quarkiverse.llm.messaging.runtime.telemetry.OpenTelemetryTraces}.
 */
package io.quarkiverse.llm.messaging.runtime.telemetry;
