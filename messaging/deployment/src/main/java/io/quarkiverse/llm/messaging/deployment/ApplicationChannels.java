package io.quarkiverse.llm.messaging.deployment;

import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Outgoing;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.DotName;
import org.jboss.jandex.MethodInfo;

import io.quarkus.smallrye.reactivemessaging.deployment.items.InjectedChannelBuildItem;
import io.quarkus.smallrye.reactivemessaging.deployment.items.InjectedEmitterBuildItem;
import io.quarkus.smallrye.reactivemessaging.deployment.items.MediatorBuildItem;
import io.smallrye.reactive.messaging.annotations.Incomings;
import io.smallrye.reactive.messaging.annotations.Outgoings;

/**
 * Channels whose ends methods and injection points of the application hold.
 *
 * @param incoming what they read
 * @param outgoing what they write
 */
record ApplicationChannels(SortedSet<String> incoming, SortedSet<String> outgoing) {

    private static final DotName INCOMING = DotName.createSimple(Incoming.class);
    private static final DotName INCOMINGS = DotName.createSimple(Incomings.class);
    private static final DotName OUTGOING = DotName.createSimple(Outgoing.class);
    private static final DotName OUTGOINGS = DotName.createSimple(Outgoings.class);

    static ApplicationChannels of(List<MediatorBuildItem> methods, List<InjectedChannelBuildItem> channels,
            List<InjectedEmitterBuildItem> emitters) {
        SortedSet<String> incoming = new TreeSet<>();
        SortedSet<String> outgoing = new TreeSet<>();
        for (MediatorBuildItem method : methods) {
            names(method.getMethod(), INCOMING, INCOMINGS).forEach(incoming::add);
            names(method.getMethod(), OUTGOING, OUTGOINGS).forEach(outgoing::add);
        }
        channels.forEach(channel -> incoming.add(channel.getChannelConfig().channelName));
        emitters.forEach(emitter -> outgoing.add(emitter.getEmitterConfig().name()));
        return new ApplicationChannels(incoming, outgoing);
    }

    private static Stream<String> names(MethodInfo method, DotName single, DotName several) {
        return method.annotations().stream().filter(annotation -> annotation.target().kind() == AnnotationTarget.Kind.METHOD)
                .flatMap(annotation -> annotation.name().equals(single) ? Stream.of(annotation)
                        : annotation.name().equals(several) ? Stream.of(annotation.value().asNestedArray())
                                : Stream.<AnnotationInstance> empty())
                .map(annotation -> annotation.value().asString());
    }

    /** As {@code incoming.CHANNEL} and {@code outgoing.CHANNEL}. */
    Set<String> ids() {
        SortedSet<String> ids = new TreeSet<>();
        incoming.forEach(name -> ids.add("incoming." + name));
        outgoing.forEach(name -> ids.add("outgoing." + name));
        return ids;
    }
}
