package io.quarkiverse.llm.gateway.deployment;

import io.quarkiverse.llm.gateway.runtime.http.GatewayRoutes.Place;
import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * Where the gateway is.
 *
 * @param configured with or without slashes at its ends; below the root path of the application
 */
record GatewayPath(String configured) {

    private static final String SEGMENT = "(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]+";

    GatewayPath {
        if (!configured.matches("/*(" + SEGMENT + "(/" + SEGMENT + ")*)?/*")) {
            throw new ConfigurationException("quarkus.llm-gateway.path=" + configured
                    + " is no path: use letters, digits, slashes and - . _ ~, such as /v1");
        }
    }

    /** Relative to the root path of the application, without a slash in front. */
    String of(Place place) {
        String path = trimmed();
        return path.isEmpty() ? place.path() : path + "/" + place.path();
    }

    /** Without slashes at its ends. */
    String trimmed() {
        return configured.replaceAll("^/+|/+$", "");
    }
}
