package io.quarkiverse.llm.deployment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.spi.DeploymentException;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.AnnotationTransformation;
import org.jboss.jandex.DotName;
import org.jboss.jandex.Type;

import io.quarkiverse.llm.LlmClient;
import io.quarkiverse.llm.runtime.config.ReservedNames;
import io.quarkiverse.llm.runtime.conflict.NameClaim;
import io.quarkus.arc.processor.BeanInfo;
import io.quarkus.arc.processor.BeanResolver;
import io.quarkus.arc.processor.InjectionPointInfo;

/** Which providers an application injects and which it brings along as beans, and what is wrong with them. */
final class ProviderBeans {

    private final SortedSet<String> injected = new TreeSet<>();
    private final SortedMap<String, Set<BeanInfo>> beans = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();
    private final BeanResolver resolver;
    private boolean allUsed;

    ProviderBeans(Iterable<BeanInfo> providers, Collection<InjectionPointInfo> injectionPoints, BeanResolver resolver) {
        this.resolver = resolver;
        providers.forEach(this::bean);
        injectionPoints.forEach(this::injectionPoint);
    }

    private void bean(BeanInfo bean) {
        Optional<AnnotationInstance> qualifier = bean.getQualifier(LlmDotNames.LLM_CLIENT);
        if (qualifier.isEmpty()) {
            problems.add(bean.getTarget().map(Object::toString).orElseGet(bean::toString)
                    + " is an LlmProvider and a bean, but does not say which provider it is: annotate it with "
                    + "@LlmClient(\"name\"), or with @LlmClient when it is the default provider");
            return;
        }
        String name = LlmDotNames.providerName(qualifier.get());
        check(name, bean.getTarget().map(Object::toString).orElseGet(bean::toString));
        beans.computeIfAbsent(name, any -> new LinkedHashSet<>()).add(bean);
    }

    private void injectionPoint(InjectionPointInfo point) {
        allUsed |= givesAll(point);
        if (!providerType(point).equals(LlmDotNames.LLM_PROVIDER)) {
            return;
        }
        AnnotationInstance qualifier = point.getRequiredQualifier(LlmDotNames.LLM_CLIENT);
        allUsed |= point.isProgrammaticLookup() && qualifier == null;
        if (qualifier != null) {
            String name = LlmDotNames.providerName(qualifier);
            check(name, point.getTargetInfo());
            injected.add(name);
        } else if (point.hasDefaultedQualifier() || point.getRequiredQualifier(LlmDotNames.DEFAULT) != null) {
            injected.add(LlmClient.DEFAULT);
        }
    }

    /** What an injection point gives in the end: an {@code Instance<LlmProvider>} gives an LlmProvider. */
    private static DotName providerType(InjectionPointInfo point) {
        Type type = point.getRequiredType();
        boolean lookup = point.isProgrammaticLookup() && type.kind() == Type.Kind.PARAMETERIZED_TYPE;
        return (lookup ? type.asParameterizedType().arguments().get(0) : type).name();
    }

    /** The look-ups by name, and lists of all providers. */
    private static boolean givesAll(InjectionPointInfo point) {
        DotName type = providerType(point);
        return type.equals(LlmDotNames.LLM_PROVIDERS) || type.equals(LlmDotNames.LLM_REGISTRY)
                || point.getRequiredQualifier(LlmDotNames.ALL) != null
                        && point.getRequiredType().toString().contains(LlmDotNames.LLM_PROVIDER.toString());
    }

    private void check(String name, String place) {
        if (name.isBlank()) {
            problems.add(place + ": the name of a provider must not be empty");
        } else if (ReservedNames.contains(name)) {
            problems.add(place + ": " + ReservedNames.sentence(name));
        }
    }

    /**
     * @throws DeploymentException with a sentence for each problem
     */
    ProviderBeans validated() {
        if (!problems.isEmpty()) {
            throw new DeploymentException(String.join("\n", problems));
        }
        return this;
    }

    SortedSet<String> injected() {
        return injected;
    }

    Set<String> beans() {
        return beans.keySet();
    }

    /** Whether the application has a hold of all providers. */
    boolean allUsed() {
        return allUsed;
    }

    /** A claim for each bean. */
    List<NameClaim> claims() {
        List<NameClaim> claims = new ArrayList<>();
        beans.forEach((name, all) -> {
            Optional<BeanInfo> chosen = chosen(all);
            all.forEach(bean -> claims.add(NameClaim.ofBean(name, source(bean), chosen.filter(bean::equals).isPresent(),
                    bean.isAlternative())));
        });
        return claims;
    }

    /** As CDI decides, by alternatives and their priorities. */
    private Optional<BeanInfo> chosen(Set<BeanInfo> beans) {
        try {
            return Optional.ofNullable(beans.size() == 1 ? beans.iterator().next() : resolver.resolveAmbiguity(beans));
        } catch (AmbiguousResolutionException e) {
            return Optional.empty();
        }
    }

    private static String source(BeanInfo bean) {
        AnnotationTarget target = bean.getTarget().orElse(null);
        if (target != null && target.kind() == AnnotationTarget.Kind.METHOD) {
            return target.asMethod().declaringClass().name() + "#" + target.asMethod().name() + "()";
        } else if (target != null && target.kind() == AnnotationTarget.Kind.FIELD) {
            return target.asField().declaringClass().name() + "#" + target.asField().name();
        }
        return bean.getBeanClass().toString();
    }

    /** Makes a bean with the qualifier of the default provider also the one that is injected without a qualifier. */
    static AnnotationTransformation defaultQualifier() {
        return AnnotationTransformation.builder()
                .whenAnyMatch(LlmDotNames.LLM_CLIENT)
                .transform(context -> {
                    // those of a method's parameters are among its annotations
                    boolean isDefault = context.annotations().stream()
                            .anyMatch(annotation -> annotation.name().equals(LlmDotNames.LLM_CLIENT)
                                    && annotation.target().kind() == context.declaration().kind()
                                    && LlmDotNames.providerName(annotation).equals(LlmClient.DEFAULT));
                    if (isDefault && declaresBean(context) && !context.hasAnnotation(LlmDotNames.DEFAULT)) {
                        context.add(AnnotationInstance.builder(LlmDotNames.DEFAULT).build());
                    }
                });
    }

    /** A class, or a producer; ArC takes a method with a qualifier for one also without {@code @Produces}. */
    private static boolean declaresBean(AnnotationTransformation.TransformationContext context) {
        return context.declaration().kind() == AnnotationTarget.Kind.CLASS
                || context.hasAnnotation(LlmDotNames.PRODUCES)
                || context.declaration().kind() == AnnotationTarget.Kind.METHOD
                        && !context.hasAnnotation(LlmDotNames.INJECT);
    }
}
