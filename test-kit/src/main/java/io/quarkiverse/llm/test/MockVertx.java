package io.quarkiverse.llm.test;

import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;

/** The event loops on which mocks answer. */
final class MockVertx {

    private MockVertx() {
    }

    /** One for all unit tests, started by the first that needs it. */
    private static final class Own {

        static final Vertx VERTX = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1).setFileSystemOptions(
                        new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false)));
    }

    /** The caller's, so that events stay on its context; the application's, if one runs; else our own. */
    static Vertx forCaller() {
        Context current = Vertx.currentContext();
        if (current != null) {
            return current.owner();
        }
        ArcContainer container = Arc.container();
        Vertx applications = container == null || !container.isRunning() ? null : container.instance(Vertx.class).get();
        return applications == null ? Own.VERTX : applications;
    }
}
