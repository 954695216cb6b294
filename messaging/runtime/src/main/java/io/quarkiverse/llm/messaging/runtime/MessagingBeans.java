package io.quarkiverse.llm.messaging.runtime;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.Config;

import io.quarkiverse.llm.messaging.HeaderMapping;
import io.quarkiverse.llm.messaging.LlmMessages;
import io.quarkiverse.llm.messaging.LlmWorkers;
import io.quarkiverse.llm.messaging.runtime.channel.ConnectorTrace;
import io.quarkiverse.llm.messaging.runtime.channel.MessageMapper;
import io.quarkiverse.llm.messaging.runtime.worker.TraceContext;
import io.quarkiverse.llm.runtime.config.MissingProvider;
import io.quarkiverse.llm.runtime.provider.LlmRegistry;
import io.vertx.core.Vertx;

/** Makes the beans that are no classes of their own. */
@Singleton
public class MessagingBeans {

    @Produces
    @Singleton
    @Typed({ LlmMessages.class, MessageMapper.class })
    MessageMapper messages(Config config, @Any Instance<HeaderMapping> mappings, @Any Instance<ConnectorTrace> traces) {
        return new MessageMapper(new ChannelConnectors(config)::ofOutgoing, mappings.stream().toList(),
                traces.isResolvable() ? traces.get() : ConnectorTrace.NONE);
    }

    @Produces
    @Singleton
    @Typed({ LlmWorkers.class, WorkersByHand.class })
    WorkersByHand workersByHand(LlmRegistry providers, MessageMapper mapper, Vertx vertx, @Any Instance<TraceContext> traces) {
        return new WorkersByHand(name -> providers.find(name).orElseThrow(
                () -> new IllegalArgumentException(MissingProvider.notConfigured(name, providers.names()))), mapper, vertx,
                traces.isResolvable() ? traces.get() : TraceContext.NONE);
    }
}
