package io.quarkiverse.llm.runtime.conflict;

import java.util.function.Predicate;

/**
 * Which names the TLS and the proxy registry know.
 *
 * @param proxies knows {@code none}, too
 */
public record RegistryNames(Predicate<String> tls, Predicate<String> proxies) {
}
