package io.quarkiverse.llm.runtime.structured;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.quarkiverse.llm.LlmResponse;
import io.quarkiverse.llm.Message;
import io.quarkiverse.llm.OutputType;
import io.vertx.core.json.JsonObject;

/** The constants of a schema are those that the application's mapper reads. */
class MapperEnumsTest {

    enum Color {
        RED,
        GREEN;

        @Override
        public String toString() {
            return name().toLowerCase();
        }
    }

    record Paint(Color color) {
    }

    enum Grade {
        GOOD,
        BAD;

        @JsonCreator
        static Grade of(String text) {
            return valueOf(text.toUpperCase());
        }
    }

    record Exam(Grade grade) {
    }

    private static JsonMapper.Builder mapper() {
        return JsonMapper.builder().findAndAddModules();
    }

    private static List<?> constants(String schema) {
        JsonObject properties = new JsonObject(schema).getJsonObject("properties");
        return properties.getJsonObject(properties.fieldNames().iterator().next()).getJsonArray("enum").getList();
    }

    private static List<?> constants(Class<?> type, JsonMapper mapper) {
        return constants(new SchemaMaker(mapper).make(type).schema().schema());
    }

    @Test
    void theSchemaOfTheBuildIsNotThatOfAMapperThatReadsOtherConstants() {
        JsonMapper application = mapper().enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING).build();
        OutputSchema ofBuild = SchemaMaker.ofBuild().make(Paint.class).schema();

        OutputType<Paint> type = new TypeCatalog(() -> application, Map.of(Paint.class.getName(), ofBuild)).of(Paint.class);

        assertThat(constants(ofBuild.schema())).isEqualTo(List.of("RED", "GREEN"));
        assertThat(constants(type.format().schema().text())).isEqualTo(List.of("red", "green"));
        LlmResponse answer = LlmResponse.builder().id("r").model("m").createdAt(Instant.EPOCH)
                .items(List.of(Message.assistant("{\"color\": \"green\"}"))).build();
        assertThat(type.read("local", answer)).isEqualTo(new Paint(Color.GREEN));
    }

    @Test
    void aMapperThatOnlyWritesConstantsDifferentlyReadsTheirNames() {
        assertThat(constants(Paint.class, mapper().enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING).build()))
                .isEqualTo(List.of("RED", "GREEN"));
    }

    @Test
    void aCreatorReadsWhatIsWritten() {
        assertThat(constants(Exam.class, mapper().build())).isEqualTo(List.of("GOOD", "BAD"));
    }

    @Test
    void theSchemaOfTheBuildIsThatOfAMapperThatReadsTheSame() {
        JsonMapper application = mapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
        OutputSchema ofBuild = new OutputSchema("Paint", "{\"type\":\"object\",\"title\":\"of the build\"}", true, false);

        OutputType<Paint> type = new TypeCatalog(() -> application, Map.of(Paint.class.getName(), ofBuild)).of(Paint.class);

        assertThat(type.format().schema().text()).contains("of the build");
    }
}
