package io.quarkiverse.llm.gateway.runtime.access;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

import io.quarkiverse.llm.Secret;
import io.quarkiverse.llm.gateway.runtime.config.KeyConfig;
import io.quarkiverse.llm.gateway.runtime.config.LlmGatewayRuntimeConfig;
import io.quarkiverse.llm.gateway.runtime.config.LlmGatewayRuntimeConfig.Authentication;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Refuses what would let in nobody, or others than are meant, before the first request comes. */
public final class AccessCheck {

    private static final String PREFIX = "quarkus.llm-gateway.";
    /** Shorter ones are guessed. */
    private static final int SHORTEST = 8;

    private AccessCheck() {
    }

    /**
     * @param security whether the application has a security extension
     * @throws ConfigurationException with a sentence that names the key and the mend, and no value of a key
     */
    public static void check(LlmGatewayRuntimeConfig config, LaunchMode mode, boolean security) {
        Authentication authentication = Access.authentication(config, mode);
        if (authentication == Authentication.API_KEY) {
            checkKeysAreThere(config);
        } else if (authentication == Authentication.QUARKUS_SECURITY && !security) {
            throw new ConfigurationException(PREFIX + "authentication is quarkus-security, but the application has no security"
                    + " extension: add one, such as quarkus-oidc or quarkus-elytron-security-properties-file, or set "
                    + PREFIX + "authentication=api-key");
        }
        checkKeys(config.keys());
        LimitsCheck.check(config);
    }

    private static void checkKeysAreThere(LlmGatewayRuntimeConfig config) {
        if (config.keys().isEmpty()) {
            throw new ConfigurationException((config.authentication().isPresent()
                    ? PREFIX + "authentication is api-key, but there are no keys"
                    : PREFIX + "authentication is not set, and there are no keys: nobody could use the gateway")
                    + ". Set " + PREFIX + "keys.\"NAME\".value for each who may, or " + PREFIX
                    + "authentication=none to let everybody in who reaches it, or " + PREFIX
                    + "active=false to start without the gateway");
        }
        if (config.clientKeysTo().isPresent()) {
            throw new ConfigurationException(PREFIX + "client-keys-to is set, but with " + PREFIX
                    + "authentication=api-key clients send a key of the gateway, which is for no provider: take client-keys-to"
                    + " out, or set " + PREFIX + "authentication=quarkus-security or none");
        }
    }

    private static void checkKeys(Map<String, KeyConfig> keys) {
        Map<Secret, String> names = new HashMap<>();
        new TreeMap<>(keys).forEach((name, key) -> {
            String property = PREFIX + "keys.\"" + name + "\".value";
            if (name.isBlank()) {
                throw new ConfigurationException(PREFIX + "keys has one without a name: put one between the quotes");
            }
            Secret value = key.value().filter(secret -> !secret.reveal().isBlank())
                    .orElseThrow(() -> new ConfigurationException(property + " is not set: set it to what that client sends"));
            String text = value.reveal();
            if (text.length() < SHORTEST) {
                throw new ConfigurationException(property + " is too short: it must have at least " + SHORTEST
                        + " characters, such as `openssl rand -hex 32` makes");
            } else if (!text.chars().allMatch(c -> c > ' ' && c <= '~')) {
                throw new ConfigurationException(property + " has a space or another character that headers cannot carry:"
                        + " use letters, digits and signs of ASCII");
            }
            String other = names.put(value, name);
            if (other != null) {
                throw new ConfigurationException(property + " is the same as that of \"" + other
                        + "\": give each a value of its own, else nobody can tell them apart");
            }
        });
    }
}
