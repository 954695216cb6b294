package io.quarkiverse.llm.runtime.structured;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Date;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;

/** The schemas of what Jackson reads from a plain value. */
final class ScalarForms {

    private static final String DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
    private static final String TIME = "[0-9]{2}:[0-9]{2}:[0-9]{2}";

    private static final Map<Class<?>, String> FORMATS = Map.of(LocalDate.class, "date", Instant.class, "date-time",
            OffsetDateTime.class, "date-time", ZonedDateTime.class, "date-time", Date.class, "date-time",
            Calendar.class, "date-time", OffsetTime.class, "time", Duration.class, "duration", UUID.class, "uuid");

    /** The formats of JSON Schema have an offset, which these types cannot read. */
    private static final Map<Class<?>, String> PATTERNS = Map.of(LocalDateTime.class, "^" + DATE + "T" + TIME + "$",
            LocalTime.class, "^" + TIME + "$");

    private ScalarForms() {
    }

    static ObjectNode of(Class<?> type, LogicalType kind) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        if (type == Number.class || kind == LogicalType.Float) {
            return schema.put("type", "number");
        } else if (kind == LogicalType.Boolean) {
            return schema.put("type", "boolean");
        } else if (kind == LogicalType.Integer && type != Character.class && type != char.class) {
            return schema.put("type", "integer");
        }
        schema.put("type", "string");
        if (FORMATS.containsKey(type)) {
            schema.put("format", FORMATS.get(type));
        } else if (PATTERNS.containsKey(type)) {
            schema.put("pattern", PATTERNS.get(type));
        }
        return schema;
    }
}
