package io.quarkiverse.llm.runtime.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkiverse.llm.Secret;
import io.quarkiverse.llm.runtime.config.preset.Preset;

/**
 * Where a server is, from a base URL that means what it says:
 * <ul>
 * <li>a path is taken as it is, with or without a trailing slash: {@code http://host/api/v1} and {@code http://host/proxy}
 * are both complete;</li>
 * <li>a URL without a path gets the one that is usual for such a server, mostly {@code /v1}: {@code http://localhost:8080};
 * </li>
 * <li>a pasted {@code /chat/completions} or {@code /responses} is cut off: {@code http://host/v1/chat/completions} is
 * {@code http://host/v1};</li>
 * <li>a query goes along with each request: {@code https://host/openai?api-version=2026-01-01}.</li>
 * </ul>
 *
 * @param path without a trailing slash, percent-encoded
 * @param query percent-encoded, empty for none
 */
public record Endpoint(boolean tls, String host, int port, String path, Secret query) {

    private static final List<String> OPERATIONS = List.of("/chat/completions", "/responses");
    private static final int MAX_PORT = 65535;
    /** Host and port. Wider than RFC 3986 reads it in Java: names of containers may hold an underscore. */
    private static final Pattern AUTHORITY = Pattern.compile("([a-zA-Z0-9._-]+|\\[[0-9a-fA-F:.]+])(?::(\\d{1,6})?)?");

    /** Of a server of which the host tells what kind it is. */
    public static Endpoint of(String baseUrl, Map<String, Secret> parameters) {
        return of(baseUrl, parameters, Optional.empty());
    }

    /**
     * @param parameters added to the URL's own query
     * @param preset what kind of server it is; the host decides without it
     * @throws IllegalArgumentException with a sentence that says what is wrong with the URL, without showing its query
     */
    public static Endpoint of(String baseUrl, Map<String, Secret> parameters, Optional<Preset> preset) {
        String shown = shown(baseUrl.strip());
        URI uri = parse(baseUrl.strip(), shown);
        Matcher authority = AUTHORITY.matcher(Objects.requireNonNullElse(uri.getRawAuthority(), ""));
        if (!authority.matches()) {
            throw new IllegalArgumentException(shown + " names no host");
        }
        boolean tls = uri.getScheme().equalsIgnoreCase("https");
        int port = authority.group(2) != null ? Integer.parseInt(authority.group(2)) : tls ? 443 : 80;
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException(shown + " names port " + port + ", but ports go from 1 to " + MAX_PORT);
        }
        String host = authority.group(1).toLowerCase(Locale.ROOT);
        String usualPath = preset.orElseGet(() -> Preset.ofHost(host)).path();
        return new Endpoint(tls, host, port, path(uri.getRawPath(), usualPath), query(uri.getRawQuery(), parameters));
    }

    private static String shown(String baseUrl) {
        int query = baseUrl.indexOf('?');
        return "'" + (query < 0 ? baseUrl : baseUrl.substring(0, query)).replaceFirst("//[^/@]*@", "//") + "'";
    }

    private static URI parse(String baseUrl, String shown) {
        URI uri;
        try {
            uri = new URI(baseUrl);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(shown + " is not a URL: " + e.getReason());
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.matches("https?")) {
            throw new IllegalArgumentException(shown + " must begin with http:// or https://"
                    + (scheme.matches("wss?") ? ", also for WebSockets: transport says how it is spoken to" : ""));
        }
        if (uri.getRawAuthority() != null && uri.getRawAuthority().indexOf('@') >= 0) {
            throw new IllegalArgumentException(shown + " must not hold a user or password: use api-key or headers");
        }
        return uri;
    }

    private static String path(String rawPath, String usual) {
        String path = rawPath == null ? "" : rawPath.replaceAll("/+$", "");
        for (String operation : OPERATIONS) {
            if (path.endsWith(operation)) {
                return path.substring(0, path.length() - operation.length());
            }
        }
        return path.isEmpty() ? usual : path;
    }

    private static Secret query(String rawQuery, Map<String, Secret> parameters) {
        StringBuilder query = new StringBuilder(rawQuery == null ? "" : rawQuery);
        parameters.forEach((name, value) -> query.append(query.isEmpty() ? "" : "&").append(encode(name)).append('=')
                .append(encode(value.reveal())));
        return Secret.of(query.toString());
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * The target of a request: path and query.
     *
     * @param operation relative to the base URL, or absolute when it begins with a slash
     */
    public String target(String operation) {
        String target = operation.startsWith("/") ? operation : path + "/" + operation;
        return query.reveal().isEmpty() ? target : target + (target.contains("?") ? "&" : "?") + query.reveal();
    }

    /** Scheme, host and port: what a key is tied to. */
    public String origin() {
        return (tls ? "https" : "http") + "://" + host + ":" + port;
    }

    /** The URL without its query. */
    @Override
    public String toString() {
        return origin() + path;
    }
}
