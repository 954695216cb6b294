package io.quarkiverse.llm.deployment;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is said when an application cannot be built or started. */
public final class Failure {

    private Failure() {
    }

    /** The messages of the failure and its causes. */
    public static String messages(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .flatMap(cause -> Stream.concat(Stream.of(cause), Stream.of(cause.getSuppressed())))
                .map(String::valueOf).collect(Collectors.joining("\n"));
    }
}
