package io.quarkiverse.llm.runtime.structured;

import java.util.Set;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationModule;

/** Makes the schemas of types, in the build and at run time. Not thread-safe. */
public final class SchemaMaker {

    private static final boolean VALIDATION = isThere("jakarta.validation.constraints.NotNull");

    private final JacksonTypes jackson;

    SchemaMaker(ObjectMapper mapper) {
        this.jackson = new JacksonTypes(mapper);
    }

    /** Sees types as a mapper does that knows the modules on the class path and nothing else. */
    public static SchemaMaker ofBuild() {
        return new SchemaMaker(TypeCatalog.plainMapper());
    }

    /**
     * The schema of a type.
     *
     * @param schema what the application needs of it
     * @param types the classes that an answer is bound to, and their parents
     */
    public record Made(OutputSchema schema, Set<Class<?>> types) {
    }

    /**
     * @throws IllegalArgumentException when no schema can be made of it, with the reason
     */
    public Made make(Class<?> type) {
        if (type == void.class || type == Void.class) {
            throw new IllegalArgumentException("There is no answer of type void");
        }
        JacksonSchemas schemas = new JacksonSchemas(jackson);
        ObjectNode generated = generator(schemas).generateSchema(type);
        StrictSchema strict = StrictSchema.of(generated, OutputSchema.nameOf(type));
        return new Made(new OutputSchema(OutputSchema.nameOf(type), strict.schema().toString(), strict.strict(),
                strict.wrapped()), Set.copyOf(schemas.seen()));
    }

    private static SchemaGenerator generator(JacksonSchemas schemas) {
        SchemaGeneratorConfigBuilder builder = new SchemaGeneratorConfigBuilder(new JsonMapper(), SchemaVersion.DRAFT_2020_12,
                OptionPreset.PLAIN_JSON)
                .with(Option.PLAIN_DEFINITION_KEYS, Option.FLATTENED_OPTIONALS, Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES,
                        Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT)
                .without(Option.SCHEMA_VERSION_INDICATOR)
                // the first to answer wins
                .with(schemas)
                .with(new JacksonModule());
        if (VALIDATION) {
            builder.with(new JakartaValidationModule());
        }
        builder.forTypesInGeneral().withPropertySorter(schemas.order());
        return new SchemaGenerator(builder.build());
    }

    private static boolean isThere(String name) {
        try {
            Class.forName(name, false, SchemaMaker.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
