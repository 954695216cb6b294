package io.quarkiverse.llm.runtime.structured;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.AbstractDeserializer;
import com.fasterxml.jackson.databind.deser.DefaultDeserializationContext;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.type.LogicalType;

/** What a mapper reads of a class: the very same as when it binds the answer. */
final class JacksonTypes {

    private final ObjectMapper mapper;
    private final DeserializationConfig config;
    private final Map<Class<?>, List<BeanPropertyDefinition>> properties = new HashMap<>();

    JacksonTypes(ObjectMapper mapper) {
        this.mapper = mapper;
        this.config = mapper.getDeserializationConfig();
    }

    /** The property that this field is of, when the mapper can set it. */
    Optional<BeanPropertyDefinition> property(Class<?> type, String field) {
        return properties(type).stream().filter(property -> property.getInternalName().equals(field)).findFirst();
    }

    /** The place of the field's property in the order that declaration and annotations give. */
    int order(Class<?> type, String field) {
        List<BeanPropertyDefinition> all = properties(type);
        return property(type, field).map(all::indexOf).orElse(all.size());
    }

    boolean hasProperties(Class<?> type) {
        return !properties(type).isEmpty();
    }

    private List<BeanPropertyDefinition> properties(Class<?> type) {
        return properties.computeIfAbsent(type, key -> config.introspect(config.constructType(key)).findProperties().stream()
                .filter(BeanPropertyDefinition::couldDeserialize).toList());
    }

    /**
     * What the mapper reads the class from; nothing where a deserializer of the application does not say it.
     *
     * @throws IllegalArgumentException when it can read it from nothing
     */
    Optional<LogicalType> kind(Class<?> raw) {
        JavaType type = config.constructType(raw);
        DefaultDeserializationContext context = ((DefaultDeserializationContext) mapper.getDeserializationContext())
                .createDummyInstance(config);
        try {
            var deserializer = context.findNonContextualValueDeserializer(type);
            if (deserializer instanceof AbstractDeserializer && deserializer.logicalType() == LogicalType.POJO) {
                requireSubtypes(raw, type, context);
            }
            return Optional.ofNullable(deserializer.logicalType());
        } catch (JsonMappingException e) {
            throw new IllegalArgumentException("Jackson cannot read " + raw.getName() + ": " + e.getOriginalMessage(), e);
        }
    }

    private void requireSubtypes(Class<?> raw, JavaType type, DefaultDeserializationContext context)
            throws JsonMappingException {
        AnnotatedClass annotated = config.introspectClassAnnotations(type).getClassInfo();
        List<NamedType> subtypes = config.getAnnotationIntrospector().findSubtypes(annotated);
        if (context.getFactory().findTypeDeserializer(config, type) == null || subtypes == null || subtypes.isEmpty()) {
            throw new IllegalArgumentException(raw.getName() + " is " + (raw.isInterface() ? "an interface" : "abstract")
                    + ": give it @JsonTypeInfo and @JsonSubTypes, or use a class");
        }
    }

    /** What the mapper reads each constant from: what it writes for it, when it reads that, else its text or its name. */
    Collection<JsonNode> constants(Class<?> enumeration) {
        List<JsonNode> constants = new ArrayList<>();
        for (Object constant : enumeration.getEnumConstants()) {
            JsonNode written = mapper.valueToTree(constant);
            JsonNode name = text(((Enum<?>) constant).name());
            constants.add(Stream.of(written, text(constant.toString()), name)
                    .filter(json -> json.isValueNode() && reads(json, constant, enumeration)).findFirst()
                    .orElse(written.isValueNode() ? written : name));
        }
        return constants;
    }

    private JsonNode text(String text) {
        return mapper.getNodeFactory().textNode(text);
    }

    private boolean reads(JsonNode json, Object constant, Class<?> enumeration) {
        try {
            return mapper.treeToValue(json, enumeration) == constant;
        } catch (JsonProcessingException e) {
            // it is asked for another form, then
            return false;
        }
    }

    static boolean isAbstract(Class<?> type) {
        return Modifier.isAbstract(type.getModifiers());
    }
}
