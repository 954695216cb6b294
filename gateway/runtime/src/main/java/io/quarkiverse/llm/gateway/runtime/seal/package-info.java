/**
 * What clients carry for the gateway and can neither read nor change: {@code encrypted_content}.
 * <p>
 * May know the public API of the core and how it refuses requests. Start reading at
 * {@link io.quarkiverse.llm.gateway.runtime.seal.Sealing}.
 */
package io.quarkiverse.llm.gateway.runtime.seal;
