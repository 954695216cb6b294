package io.quarkiverse.llm.runtime.structured;

import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.MemberScope;
import com.github.victools.jsonschema.generator.Module;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;

/** Lets the generator see types as the mapper does: names, order, enums, plain values. Remembers which it has seen. */
final class JacksonSchemas implements Module {

    private static final Set<Class<?>> OPTIONAL_NUMBERS = Set.of(OptionalInt.class, OptionalLong.class, OptionalDouble.class);

    private final JacksonTypes jackson;
    private final Set<Class<?>> seen = new LinkedHashSet<>();

    JacksonSchemas(JacksonTypes jackson) {
        this.jackson = jackson;
    }

    /** The classes and their parents, without those of Java. */
    Set<Class<?>> seen() {
        return seen;
    }

    @Override
    public void applyToConfigBuilder(SchemaGeneratorConfigBuilder builder) {
        builder.forFields().withIgnoreCheck(field -> jackson.property(owner(field), field.getDeclaredName()).isEmpty())
                .withPropertyNameOverrideResolver(field -> jackson.property(owner(field), field.getDeclaredName())
                        .map(BeanPropertyDefinition::getName).orElse(null))
                .withNullableCheck(field -> isNullable(field) ? Boolean.TRUE : null);
        builder.forTypesInGeneral().withCustomDefinitionProvider((type, context) -> definition(type));
    }

    /** For after the other modules: the last sorter stays. */
    Comparator<MemberScope<?, ?>> order() {
        return Comparator.comparingInt(member -> jackson.order(owner(member), member.getDeclaredName()));
    }

    /** The class whose property it is, which may have it from a parent. */
    private static Class<?> owner(MemberScope<?, ?> member) {
        return member.getDeclaringTypeMembers().mainTypeAndOverrides().get(0).getErasedType();
    }

    /** What a type has of itself is, too: else no answer could come to an end. */
    private static boolean isNullable(FieldScope field) {
        Field raw = field.getRawMember();
        return OPTIONAL_NUMBERS.contains(raw.getType()) || raw.getType() == raw.getDeclaringClass()
                || Stream.concat(Arrays.stream(raw.getAnnotations()),
                        Arrays.stream(raw.getAnnotatedType().getAnnotations()))
                        .map(Annotation::annotationType).anyMatch(type -> type.getSimpleName().equals("Nullable"));
    }

    private CustomDefinition definition(ResolvedType type) {
        Class<?> raw = type.getErasedType();
        if (type.isArray() && raw != byte[].class || raw == Optional.class) {
            return null;
        }
        see(raw);
        LogicalType kind = jackson.kind(raw).orElse(null);
        if (raw.isEnum()) {
            return inline(enumeration(raw));
        } else if (kind == LogicalType.Untyped) {
            return inline(JsonNodeFactory.instance.objectNode());
        } else if (kind == LogicalType.POJO && !JacksonTypes.isAbstract(raw) && !jackson.hasProperties(raw)
                && !raw.isRecord()) {
            throw new IllegalArgumentException(raw.getName() + " has no property that Jackson can set: give it setters or a"
                    + " constructor with @JsonCreator, or make it a record");
        } else if (kind == null || kind == LogicalType.POJO || kind == LogicalType.Collection || kind == LogicalType.Map
                || kind == LogicalType.Array || kind == LogicalType.Enum) {
            return null;
        }
        return inline(ScalarForms.of(raw, kind));
    }

    /** Jackson looks at the parents as well, for properties and annotations. */
    private void see(Class<?> type) {
        if (type != null && !type.isPrimitive() && !type.isArray() && !type.getName().startsWith("java.") && seen.add(type)) {
            see(type.getSuperclass());
            for (Class<?> parent : type.getInterfaces()) {
                see(parent);
            }
        }
    }

    private ObjectNode enumeration(Class<?> raw) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        Collection<JsonNode> constants = jackson.constants(raw);
        if (constants.stream().allMatch(JsonNode::isTextual)) {
            schema.put("type", "string");
        } else if (constants.stream().allMatch(JsonNode::isIntegralNumber)) {
            schema.put("type", "integer");
        }
        schema.putArray("enum").addAll(constants);
        return schema;
    }

    private static CustomDefinition inline(ObjectNode schema) {
        return new CustomDefinition(schema, CustomDefinition.DefinitionType.INLINE,
                CustomDefinition.AttributeInclusion.YES);
    }
}
