package io.quarkiverse.llm.quickstart;

import java.util.List;
import java.util.Locale;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkiverse.llm.RawJson;
import io.quarkiverse.llm.Tool;
import io.vertx.core.json.JsonObject;

/** A tool that the model may call. Its weather is made up, but the same for a city each time. */
@ApplicationScoped
public class WeatherTool {

    static final Tool.Function TOOL = Tool.function("get_weather", "Tells the current weather in a city", RawJson.of("""
            {
              "type": "object",
              "properties": {
                "city": { "type": "string", "description": "Name of the city, such as Oslo" }
              },
              "required": ["city"],
              "additionalProperties": false
            }
            """));

    private static final List<String> SKIES = List.of("sunny", "cloudy", "windy", "light rain");

    /**
     * @param arguments a JSON object; that it follows the schema is up to the model, so what is wrong is told to the model
     */
    String execute(String arguments) {
        if (!(new JsonObject(arguments).getValue("city") instanceof String city) || city.isBlank()) {
            return "Error: 'city' is missing";
        }
        int hash = city.strip().toLowerCase(Locale.ROOT).hashCode();
        return city.strip() + ": " + (10 + Math.floorMod(hash, 18)) + " °C, " + SKIES.get(Math.floorMod(hash, SKIES.size()));
    }
}
