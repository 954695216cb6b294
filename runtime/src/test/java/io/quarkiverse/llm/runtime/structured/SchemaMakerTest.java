package io.quarkiverse.llm.runtime.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.vertx.core.json.JsonObject;

/** Which schema a type gets. */
class SchemaMakerTest {

    private static OutputSchema schema(Class<?> type) {
        return SchemaMaker.ofBuild().make(type).schema();
    }

    private static JsonObject json(Class<?> type) {
        return new JsonObject(schema(type).schema());
    }

    private static JsonObject property(Class<?> type, String name) {
        return json(type).getJsonObject("properties").getJsonObject(name);
    }

    private static JsonObject object(String text) {
        return new JsonObject(text.replace('\'', '"'));
    }

    @Test
    void aRecordIsAClosedObjectOfWhichAllIsRequired() {
        assertThat(json(Types.Money.class)).isEqualTo(object("""
                {'type': 'object',
                 'properties': {'amount': {'type': 'number'}, 'currency': {'type': 'string', 'description': 'ISO 4217'}},
                 'required': ['amount', 'currency'], 'additionalProperties': false, 'description': 'A sum of money'}"""));
    }

    @Test
    void propertiesStandInTheOrderOfTheDeclaration() {
        assertThat(json(Types.Invoice.class).getJsonObject("properties").fieldNames())
                .containsExactly("number", "items", "total");
        assertThat(json(Types.Invoice.class).getJsonArray("required").getList()).containsExactly("number", "items", "total");
    }

    @ParameterizedTest
    @ValueSource(classes = { Types.Invoice.class, Types.Enums.class, Types.Optionals.class, Types.Times.class,
            Types.Collections.class, Types.Pages.class, Types.Tree.class, Types.Formula.class, Types.Expression.class,
            Types.Bean.class, Types.Unwrapped.class, Types.Limits.class, String.class, int.class, Types.Size3.class,
            Types.Invoice[].class, Types.Tree[].class, Types.Expression[].class })
    void strictServersTakeIt(Class<?> type) {
        assertThat(schema(type).strict()).isTrue();
        StrictRules.assertHold(json(type));
    }

    @Test
    void aTypeThatIsUsedTwiceIsADefinition() {
        assertThat(json(Types.Invoice.class).getJsonObject("$defs").fieldNames()).containsExactly("Money");
        assertThat(property(Types.Invoice.class, "total")).isEqualTo(object("{'$ref': '#/$defs/Money'}"));
    }

    @Test
    void aReferenceWithADescriptionStandsAlone() {
        assertThat(json(Types.Invoice.class).getJsonObject("properties").getJsonObject("items").getJsonObject("items")
                .getJsonObject("properties").getJsonObject("price")).isEqualTo(
                        object("{'description': 'without tax', 'anyOf': [{'$ref': '#/$defs/Money'}]}"));
    }

    @Test
    void whatIsOptionalMayBeNull() {
        assertThat(property(Types.Optionals.class, "text")).isEqualTo(object("{'type': ['string', 'null']}"));
        assertThat(property(Types.Optionals.class, "number")).isEqualTo(object("{'type': ['integer', 'null']}"));
        assertThat(property(Types.Optionals.class, "boxed")).isEqualTo(object("{'type': ['integer', 'null']}"));
        assertThat(property(Types.Optionals.class, "list"))
                .isEqualTo(object("{'type': ['array', 'null'], 'items': {'type': 'string'}}"));
        JsonObject money = property(Types.Optionals.class, "money");
        assertThat(money.getJsonArray("type").getList()).containsExactly("object", "null");
        assertThat(money.getJsonObject("properties").fieldNames()).containsExactly("amount", "currency");
    }

    @Test
    void enumsHaveTheValuesThatJacksonReads() {
        assertThat(property(Types.Enums.class, "size")).isEqualTo(object("{'type': 'string', 'enum': ['SMALL', 'medium']}"));
        assertThat(property(Types.Enums.class, "level")).isEqualTo(object("{'type': 'integer', 'enum': [1, 2]}"));
        assertThat(property(Types.Enums.class, "other")).isEqualTo(
                object("{'anyOf': [{'type': 'null'}, {'type': 'string', 'enum': ['SMALL', 'medium']}]}"));
    }

    @Test
    void timesAreStringsThatJavaCanRead() {
        JsonObject times = json(Types.Times.class).getJsonObject("properties");
        Map<String, String> formats = Map.of("date", "date", "offset", "time", "instant", "date-time", "duration", "duration",
                "id", "uuid");
        formats.forEach((name, format) -> assertThat(times.getJsonObject(name)).as(name)
                .isEqualTo(new JsonObject().put("type", "string").put("format", format)));
        assertThat(times.getJsonObject("local").getString("pattern")).satisfies(
                pattern -> assertThat("2026-11-21T10:15:30").matches(pattern).isNotEqualTo("2026-11-21T10:15:30Z"));
        assertThat("10:15:30Z").doesNotMatch(times.getJsonObject("time").getString("pattern"));
        for (String plain : List.of("month", "link", "bytes", "letter")) {
            assertThat(times.getJsonObject(plain)).as(plain).isEqualTo(object("{'type': 'string'}"));
        }
    }

    @Test
    void aMapKeepsItsShapeAndIsNotStrict() {
        assertThat(schema(Types.Maps.class).strict()).isFalse();
        assertThat(property(Types.Maps.class, "prices")).isEqualTo(
                object("{'type': 'object', 'additionalProperties': {'$ref': '#/$defs/Money'}}"));
    }

    @Test
    void whatMayBeAnythingIsNotStrict() {
        assertThat(schema(Types.Anything.class).strict()).isFalse();
        assertThat(property(Types.Anything.class, "any")).isEqualTo(new JsonObject());
        assertThat(property(Types.Anything.class, "node")).isEqualTo(new JsonObject());
    }

    @Test
    void typeParametersAreFilledIn() {
        assertThat(property(Types.Pages.class, "text").getJsonObject("properties").getJsonObject("first"))
                .isEqualTo(object("{'type': 'string'}"));
    }

    @Test
    void aTypeWithinItselfIsReferredToByItsDefinition() {
        assertThat(property(Types.Tree.class, "children").getJsonObject("items"))
                .isEqualTo(object("{'$ref': '#/$defs/Tree'}"));
        assertThat(json(Types.Tree.class).getJsonObject("$defs").getJsonObject("Tree").getJsonObject("properties"))
                .isEqualTo(json(Types.Tree.class).getJsonObject("properties"));
    }

    @Test
    void whatATypeHasOfItselfMayBeNullSinceNoAnswerIsEndless() {
        assertThat(property(Types.Link.class, "next"))
                .isEqualTo(object("{'anyOf': [{'type': 'null'}, {'$ref': '#/$defs/Link'}]}"));
        StrictRules.assertHold(json(Types.Link.class));
    }

    @Test
    void subtypesAreChoicesToldApartByTheirFirstProperty() {
        JsonObject expression = property(Types.Formula.class, "expression");
        assertThat(expression.getString("description")).isEqualTo("the terms");
        List<JsonObject> choices = expression.getJsonArray("anyOf").stream().map(JsonObject.class::cast)
                .map(choice -> StrictRules.resolve(choice, json(Types.Formula.class))).toList();
        assertThat(choices).extracting(choice -> choice.getJsonObject("properties").getJsonObject("kind"))
                .containsExactly(object("{'type': 'string', 'enum': ['constant']}"),
                        object("{'type': 'string', 'enum': ['sum']}"));
        assertThat(choices.get(1).getJsonObject("properties").fieldNames()).containsExactly("kind", "left", "right");
    }

    @Test
    void aClassHasThePropertiesThatJacksonSets() {
        assertThat(json(Types.Bean.class).getJsonObject("properties").fieldNames())
                .containsExactly("second", "first_one", "inherited");
        assertThat(json(Types.Made.class).getJsonObject("properties").fieldNames()).containsExactly("name");
    }

    @Test
    void unwrappedPropertiesStandInTheObjectAround() {
        assertThat(json(Types.Unwrapped.class).getJsonObject("properties").fieldNames())
                .containsExactlyInAnyOrder("number", "amount", "currency");
    }

    @Test
    void boundsAreKeptAsFarAsStrictServersTakeThem() {
        assertThat(property(Types.Limits.class, "stars")).isEqualTo(object("{'type': 'integer', 'minimum': 1, 'maximum': 5}"));
        assertThat(property(Types.Limits.class, "tags"))
                .isEqualTo(object("{'type': 'array', 'items': {'type': 'string'}, 'minItems': 2, 'maxItems': 3}"));
        assertThat(property(Types.Limits.class, "text")).isEqualTo(object("{'type': 'string'}"));
    }

    @Test
    void whatIsNoObjectIsWrappedInOne() {
        assertThat(schema(String.class)).isEqualTo(new OutputSchema("String", object("""
                {'type': 'object', 'properties': {'value': {'type': 'string'}}, 'required': ['value'],
                 'additionalProperties': false}""").encode(), true, true));
        assertThat(property(Types.Money[].class, "value").getString("type")).isEqualTo("array");
        assertThat(property(Types.Expression.class, "value").getJsonArray("anyOf")).hasSize(2);
        assertThat(schema(Types.Money.class).wrapped()).isFalse();
    }

    @Test
    void theNameIsTheSimpleOneAsFarAsServersTakeIt() {
        assertThat(schema(Types.Money[].class).name()).isEqualTo("Money_array");
        assertThat(OutputSchema.nameOf(Größe.class)).isEqualTo("Gr__e");
    }

    private record Größe() {
    }

    @Test
    void namesAreThoseOfTheMapper() {
        JsonMapper mapper = JsonMapper.builder().findAndAddModules()
                .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE).build();
        assertThat(new JsonObject(new SchemaMaker(mapper).make(Types.Money.class).schema().schema())
                .getJsonObject("properties").fieldNames()).containsExactly("Amount", "Currency");
    }

    @Test
    void allClassesThatAnAnswerIsBoundToAreTold() {
        assertThat(SchemaMaker.ofBuild().make(Types.Formula.class).types()).containsExactlyInAnyOrder(Types.Formula.class,
                Types.Expression.class, Types.Constant.class, Types.Sum.class);
        assertThat(SchemaMaker.ofBuild().make(Types.Invoice[].class).types()).contains(Types.Invoice.class, Types.Money.class);
    }

    @Test
    void aTypeThatCannotBeReadSaysWhy() {
        assertThatIllegalArgumentException().isThrownBy(() -> schema(Types.Unreadable.class))
                .withMessageContaining("java.lang.Runnable is an interface: give it @JsonTypeInfo and @JsonSubTypes");
        assertThatIllegalArgumentException().isThrownBy(() -> schema(Types.Told.class))
                .withMessageContaining("Untold is an interface");
        assertThatIllegalArgumentException().isThrownBy(() -> schema(Types.Closed.class))
                .withMessageContaining("no property that Jackson can set");
        assertThatIllegalArgumentException().isThrownBy(() -> schema(void.class));
    }
}
