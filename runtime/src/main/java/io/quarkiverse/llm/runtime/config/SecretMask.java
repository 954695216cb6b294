package io.quarkiverse.llm.runtime.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

import io.quarkiverse.llm.Secret;

/**
 * Hides the secrets of a provider in text that came from its server: some say in an error which key they were given.
 *
 * @param secrets in clear text, the longest first
 */
public record SecretMask(List<String> secrets) {

    /** Shorter values stand in too many words to be told from them. */
    private static final int SHORTEST = 6;

    public SecretMask {
        secrets = secrets.stream().flatMap(SecretMask::withJson).filter(secret -> secret.length() >= SHORTEST).distinct()
                .sorted(Comparator.comparingInt(String::length).reversed()).toList();
    }

    /** Also as it stands in a JSON string: most answers are JSON. */
    private static Stream<String> withJson(String secret) {
        return Stream.of(secret, String.valueOf(JsonStringEncoder.getInstance().quoteAsString(secret)));
    }

    /** Of what is configured. */
    public static SecretMask of(ProviderSettings settings) {
        List<String> secrets = new ArrayList<>();
        settings.apiKey().ifPresent(key -> secrets.add(key.reveal()));
        settings.headers().values().forEach(header -> secrets.add(ofHeader(header.reveal())));
        for (String parameter : settings.endpoint().query().reveal().split("&")) {
            String value = parameter.substring(parameter.indexOf('=') + 1);
            // a plus is a space to some servers, and a plus to others
            secrets.addAll(List.of(value, decoded(value), decoded(value.replace("+", "%2B"))));
        }
        settings.extraBody().values().forEach(value -> secrets.addAll(BodySecrets.of(value)));
        return new SecretMask(secrets);
    }

    private static String decoded(String value) {
        return URLDecoder.decode(value, StandardCharsets.UTF_8);
    }

    private static String ofHeader(String value) {
        return value.replaceFirst("^[Bb]earer ", "");
    }

    /** This mask, and the secret headers that one request has. */
    public SecretMask withHeaders(Collection<String> values) {
        return new SecretMask(Stream.concat(secrets.stream(), values.stream().map(SecretMask::ofHeader)).toList());
    }

    /** This mask, and the key that one request alone has. */
    public SecretMask with(Optional<Secret> ofRequest) {
        if (ofRequest.isEmpty()) {
            return this;
        }
        List<String> more = new ArrayList<>(secrets);
        more.add(ofRequest.get().reveal());
        return new SecretMask(more);
    }

    /** The text with a mask in place of each secret. */
    public String mask(String text) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, Secret.MASK);
        }
        return masked;
    }

    /** Says nothing of what it hides. */
    @Override
    public String toString() {
        return "SecretMask[" + secrets.size() + "]";
    }
}
