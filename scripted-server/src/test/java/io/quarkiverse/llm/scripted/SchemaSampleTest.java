package io.quarkiverse.llm.scripted;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaSampleTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
            "{\"type\":\"string\"} | \"Send mail to Ada, 20 times\"",
            "{\"type\":\"string\",\"maxLength\":4} | \"Send\"",
            "{\"type\":\"string\",\"format\":\"email\"} | \"someone@example.com\"",
            "{\"type\":[\"null\",\"boolean\"]} | true",
            "{\"const\":7} | 7",
            "{\"enum\":[\"x\",\"y\"]} | \"x\"",
            "{\"type\":\"integer\"} | 20",
            "{\"type\":\"integer\",\"maximum\":10} | 10",
            "{\"type\":\"integer\",\"exclusiveMinimum\":30} | 31",
            "{\"type\":\"integer\",\"multipleOf\":15} | 30",
            "{\"type\":\"number\",\"exclusiveMaximum\":1} | 0.5",
            "{\"type\":\"array\",\"items\":{\"type\":\"boolean\"},\"minItems\":2} | [true,true]",
            "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"boolean\"}}} | {\"a\":true}",
            "{\"properties\":{\"a\":{},\"b\":{\"const\":1}},\"required\":[\"b\"]} | {\"b\":1}",
            "{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"const\":\"found\"}}} | \"found\"",
            "{\"anyOf\":[{\"type\":\"null\"},{\"type\":\"boolean\"}]} | true",
            "{\"allOf\":[{\"properties\":{\"a\":{\"const\":1}},\"required\":[\"a\"]},"
                    + "{\"properties\":{\"b\":{\"const\":2}},\"required\":[\"b\"]}]} | {\"a\":1,\"b\":2}",
    })
    void value_fits_the_schema(String schema, String expected) {
        Words words = new Words("Send mail to Ada, 20 times");
        // the name goes to another value, so that the text itself is left
        words.nextString();

        assertThat(Json.text(new SchemaSample(Json.object(schema), words).value())).isEqualTo(expected);
    }

    @Test
    void schema_that_refers_to_itself_comes_to_an_end() {
        String tree = "{\"type\":\"object\",\"properties\":{\"children\":{\"type\":\"array\",\"items\":{\"$ref\":\"#\"}}},"
                + "\"required\":[\"children\"]}";

        assertThat(Json.text(new SchemaSample(Json.object(tree), new Words("x")).value())).contains("{\"children\":[]}");
    }
}
