package io.quarkiverse.llm.runtime.json;

import static io.quarkiverse.llm.runtime.json.Form.assertForm;
import static io.quarkiverse.llm.runtime.json.Form.assertReads;
import static io.quarkiverse.llm.runtime.json.Form.assertRefused;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.quarkiverse.llm.OutputFormat;
import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Tool;
import io.quarkiverse.llm.ToolChoice;

class ToolFormTest {

    private static final RawJson SCHEMA = RawJson.of("{\"type\":\"object\",\"properties\":{}}");

    @Test
    void function() {
        assertForm(Tool.function("weather", "The weather somewhere", SCHEMA).withStrict(true), Tool.class, """
                {"type":"function","name":"weather","description":"The weather somewhere",\
                "parameters":{"type":"object","properties":{}},"strict":true}""");
        assertForm(new Tool.Function("ping", Optional.empty(), Optional.empty(), Optional.empty()), Tool.class,
                "{\"type\":\"function\",\"name\":\"ping\"}");
    }

    @Test
    void custom() {
        assertForm(new Tool.Custom("shell", Optional.of("Runs it"), Optional.of(RawJson.of("{\"type\":\"text\"}"))),
                Tool.class, """
                        {"type":"custom","name":"shell","description":"Runs it","format":{"type":"text"}}""");
    }

    @Test
    void namespace() {
        assertForm(new Tool.Namespace("geo", "Places", List.of(Tool.function("find", "Finds one"))), Tool.class, """
                {"type":"namespace","name":"geo","description":"Places",\
                "tools":[{"type":"function","name":"find","description":"Finds one"}]}""");
    }

    @Test
    void otherToolsStandAsTheyAre() {
        String search = "{\"type\":\"web_search\",\"filters\":{\"allowed_domains\":[\"example.com\"]}}";
        assertForm(new Tool.Opaque("web_search", RawJson.of(search)), Tool.class, search);
    }

    @Test
    void nestedToolsAreReadToo() {
        assertReads(Tool.class, """
                {"type":"function","function":{"name":"ping","description":null,"strict":false}}""",
                new Tool.Function("ping", Optional.empty(), Optional.empty(), Optional.of(false)));
        assertRefused(Tool.class, "{\"type\":\"function\",\"function\":{}}", "\"function.name\" is missing");
    }

    @Test
    void choices() {
        assertForm(ToolChoice.AUTO, ToolChoice.class, "\"auto\"");
        assertForm(ToolChoice.NONE, ToolChoice.class, "\"none\"");
        assertForm(ToolChoice.REQUIRED, ToolChoice.class, "\"required\"");
        assertForm(ToolChoice.function("f"), ToolChoice.class, "{\"type\":\"function\",\"name\":\"f\"}");
        assertForm(new ToolChoice.Custom("c"), ToolChoice.class, "{\"type\":\"custom\",\"name\":\"c\"}");
        assertForm(new ToolChoice.Opaque(RawJson.of("{\"type\":\"file_search\"}")), ToolChoice.class,
                "{\"type\":\"file_search\"}");
        assertForm(new ToolChoice.Allowed(ToolChoice.Mode.REQUIRED, List.of(new ToolChoice.Function("f"))),
                ToolChoice.class, """
                        {"type":"allowed_tools","mode":"required","tools":[{"type":"function","name":"f"}]}""");
    }

    @Test
    void nestedChoicesAreReadToo() {
        assertReads(ToolChoice.class, "{\"type\":\"function\",\"function\":{\"name\":\"f\"}}", ToolChoice.function("f"));
        assertReads(ToolChoice.class, """
                {"type":"allowed_tools","allowed_tools":{"tools":[{"type":"custom","custom":{"name":"c"}}]}}""",
                new ToolChoice.Allowed(ToolChoice.Mode.AUTO, List.of(new ToolChoice.Custom("c"))));
        assertRefused(ToolChoice.class, "\"any\"", "The value must be auto, none, required or an object");
    }

    @Test
    void formats() {
        assertForm(OutputFormat.TEXT, OutputFormat.class, "{\"type\":\"text\"}");
        assertForm(OutputFormat.JSON, OutputFormat.class, "{\"type\":\"json_object\"}");
        assertForm(OutputFormat.jsonSchema("city", SCHEMA), OutputFormat.class, """
                {"type":"json_schema","name":"city","schema":{"type":"object","properties":{}},"strict":true}""");
        assertReads(OutputFormat.class, """
                {"type":"json_schema",\
                "json_schema":{"name":"city","schema":{"type":"object","properties":{}},"strict":true}}""",
                OutputFormat.jsonSchema("city", SCHEMA));
        assertRefused(OutputFormat.class, "{\"type\":\"xml\"}", "\"type\" must be text, json_object or json_schema");
    }
}
