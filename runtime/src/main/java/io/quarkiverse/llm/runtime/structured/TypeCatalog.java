package io.quarkiverse.llm.runtime.structured;

import static com.fasterxml.jackson.databind.DeserializationFeature.READ_ENUMS_USING_TO_STRING;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.quarkiverse.llm.OutputType;

/** The types of one application. */
final class TypeCatalog implements OutputType.Factory {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.llm");

    private final Supplier<ObjectMapper> source;
    private final Map<String, OutputSchema> ofBuild;
    /** Holds neither the class nor the mapper, so that what the class loader of an application has loaded can go. */
    private final ClassValue<PreparedSchema> schemas = new ClassValue<>() {
        @Override
        protected PreparedSchema computeValue(Class<?> type) {
            return PreparedSchema.of(schema(type));
        }
    };
    private volatile ObjectMapper mapper;
    private volatile BindingMapper binding;

    TypeCatalog(Supplier<ObjectMapper> source, Map<String, OutputSchema> ofBuild) {
        this.source = source;
        this.ofBuild = Map.copyOf(ofBuild);
    }

    static ObjectMapper plainMapper() {
        return JsonMapper.builder().findAndAddModules().build();
    }

    @Override
    public <T> OutputType<T> of(Class<T> type) {
        return new BoundType<>(Objects.requireNonNull(type, "type"), schemas.get(type), mapper(), binding());
    }

    private OutputSchema schema(Class<?> type) {
        OutputSchema known = ofBuild.get(type.getName());
        if (known != null && readsAsTheBuild(mapper())) {
            return known;
        }
        LOG.debugf("Making the JSON schema of %s, which the build has not made", type.getName());
        return new SchemaMaker(mapper()).make(type).schema();
    }

    /** The build cannot know what the application's customizers do to its mapper. */
    private static boolean readsAsTheBuild(ObjectMapper mapper) {
        ObjectMapper plain = new ObjectMapper();
        return mapper.getPropertyNamingStrategy() == null && mapper.mixInCount() == 0
                && mapper.getVisibilityChecker() == plain.getVisibilityChecker()
                && mapper.isEnabled(READ_ENUMS_USING_TO_STRING) == plain.isEnabled(READ_ENUMS_USING_TO_STRING)
                && Arrays.stream(MapperFeature.values())
                        .allMatch(feature -> mapper.isEnabled(feature) == plain.isEnabled(feature));
    }

    /** Threads that ask at once may cause two, which are alike. */
    private ObjectMapper mapper() {
        if (mapper == null) {
            mapper = source.get();
        }
        return mapper;
    }

    /** Kept, since a copy takes milliseconds to learn its first type. */
    private BindingMapper binding() {
        if (binding == null) {
            binding = new BindingMapper(mapper());
        }
        return binding;
    }
}
