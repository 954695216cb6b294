package io.quarkiverse.llm.messaging.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.concurrent.CompletionStage;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.test.QuarkusUnitTest;

/** A channel by hand whose dead letters would be its own messages. */
class DeadLettersComeBackTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(Channels.class))
            .overrideConfigKey("quarkus.kafka.devservices.enabled", "false")
            .overrideConfigKey("kafka.bootstrap.servers", "localhost:1")
            .overrideConfigKey("mp.messaging.incoming.questions.connector", "smallrye-kafka")
            .overrideConfigKey("mp.messaging.incoming.questions.commit-strategy", "llm")
            .overrideConfigKey("mp.messaging.incoming.questions.failure-strategy", "llm")
            .overrideConfigKey("mp.messaging.incoming.questions.dead-letter-queue.topic", "questions")
            .assertException(failure -> assertThat(failure).rootCause().asString()
                    // of another class loader
                    .startsWith(ConfigurationException.class.getName()
                            + ": mp.messaging.incoming.questions.dead-letter-queue.topic is 'questions'"));

    @Test
    void theStartIsRefused() {
        fail("It has started");
    }

    @ApplicationScoped
    static class Channels {

        @Incoming("questions")
        CompletionStage<Void> take(Message<byte[]> question) {
            return question.ack();
        }
    }
}
