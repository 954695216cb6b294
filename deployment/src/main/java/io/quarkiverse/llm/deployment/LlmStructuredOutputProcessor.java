package io.quarkiverse.llm.deployment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.llm.OutputType;
import io.quarkiverse.llm.runtime.LlmRecorder;
import io.quarkiverse.llm.runtime.structured.OutputSchema;
import io.quarkiverse.llm.runtime.structured.SchemaMaker;
import io.quarkus.arc.deployment.UnremovableBeanBuildItem;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.ShutdownContextBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ServiceProviderBuildItem;

/** Makes the schemas of the types that the application asks its providers for. */
class LlmStructuredOutputProcessor {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.llm");

    @BuildStep
    ServiceProviderBuildItem service() {
        return ServiceProviderBuildItem.allProvidersFromClassPath(OutputType.Factory.class.getName());
    }

    /** It is asked for by name only. */
    @BuildStep
    UnremovableBeanBuildItem mapper() {
        return UnremovableBeanBuildItem.beanTypes(ObjectMapper.class);
    }

    @BuildStep
    LlmOutputTypesBuildItem types(CombinedIndexBuildItem index) {
        SortedSet<String> types = new TreeSet<>();
        for (String user : users(index.getIndex())) {
            types.addAll(ParseCalls.in(classFile(user)));
        }
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        SchemaMaker maker = SchemaMaker.ofBuild();
        Map<String, OutputSchema> schemas = new TreeMap<>();
        Set<Class<?>> bound = new HashSet<>();
        for (String type : types) {
            try {
                SchemaMaker.Made made = maker.make(Class.forName(type, false, application));
                schemas.put(type, made.schema());
                bound.addAll(made.types());
            } catch (IllegalArgumentException | ClassNotFoundException | LinkageError e) {
                // a customizer of the application's mapper may know more
                LOG.warnf("The build cannot make the JSON schema of %s, it is tried again when an answer of this type is asked"
                        + " for first: %s", type, e.getMessage());
            }
        }
        return new LlmOutputTypesBuildItem(schemas, bound);
    }

    /** Classes that name a provider, of whichever kind. */
    private static Set<String> users(IndexView index) {
        Set<DotName> used = new TreeSet<>(List.of(LlmDotNames.LLM_PROVIDER, LlmDotNames.OUTPUT_TYPE));
        Stream.of(index.getAllKnownSubinterfaces(LlmDotNames.LLM_PROVIDER),
                index.getAllKnownImplementations(LlmDotNames.LLM_PROVIDER))
                .flatMap(Collection::stream).forEach(provider -> used.add(provider.name()));
        return used.stream().flatMap(name -> index.getKnownUsers(name).stream()).map(user -> user.name().toString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static byte[] classFile(String name) {
        try (InputStream stream = Thread.currentThread().getContextClassLoader()
                .getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (stream == null) {
                throw new IOException("Class " + name + " is in the index but not on the class path");
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BuildStep
    ReflectiveClassBuildItem reflection(LlmOutputTypesBuildItem types) {
        return ReflectiveClassBuildItem.builder(types.bound()).constructors().methods().fields()
                .reason("answers of language models").build();
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void start(LlmRecorder recorder, LlmOutputTypesBuildItem types, ShutdownContextBuildItem shutdown) {
        recorder.structuredOutput(types.schemas(), shutdown);
    }
}
