package io.quarkiverse.llm.scripted.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** All streams that differ from a given one in one place. */
final class EveryChange {

    /**
     * A stream that was changed.
     *
     * @param where such as {@code 3 response.output_item.added/item/role}
     */
    record Changed(String how, String where, List<JsonObject> events) {
    }

    private final List<JsonObject> original;
    private final List<Changed> all = new ArrayList<>();

    private EveryChange(List<JsonObject> original) {
        this.original = original;
    }

    /** One event less, one twice, two in each other's places; their numbers are right. */
    static List<Changed> ofOrder(List<JsonObject> original) {
        EveryChange changes = new EveryChange(original);
        for (int i = 0; i < original.size(); i++) {
            int at = i;
            changes.change("without", name(original, i), events -> events.remove(at));
            changes.change("twice", name(original, i), events -> events.add(at, events.get(at).copy()));
            if (i > 0) {
                changes.change("swapped", name(original, i - 1) + " and " + name(original, i),
                        events -> events.add(at - 1, events.remove(at)));
            }
        }
        return changes.all;
    }

    private static String name(List<JsonObject> events, int event) {
        return event + " " + events.get(event).getString("type", "chunk");
    }

    private void change(String how, String where, Consumer<List<JsonObject>> edit) {
        List<JsonObject> events = copy();
        edit.accept(events);
        all.add(new Changed(how, where,
                original.get(0).containsKey("sequence_number") ? LegalStream.numbered(events) : events));
    }

    private List<JsonObject> copy() {
        return new ArrayList<>(original.stream().map(JsonObject::copy).toList());
    }

    /** One field less, one null, one with another value of the same kind, and one with a value of another kind. */
    static List<Changed> ofFields(List<JsonObject> original) {
        EveryChange changes = new EveryChange(original);
        for (int i = 0; i < original.size(); i++) {
            changes.fields(i, name(original, i), original.get(i), new ArrayList<>());
        }
        return changes.all;
    }

    private void fields(int event, String where, Object json, List<Object> path) {
        if (json instanceof JsonObject object) {
            for (String name : object.fieldNames()) {
                List<Object> deeper = new ArrayList<>(path);
                deeper.add(name);
                Object value = object.getValue(name);
                String place = where + "/" + name;
                edit("without", event, place, deeper, JsonObject::remove);
                if (value != null) {
                    edit("null", event, place, deeper, JsonObject::putNull);
                    edit("other kind", event, place, deeper,
                            (owner, key) -> owner.put(key, value instanceof Boolean ? 7 : Boolean.TRUE));
                }
                if (!(value instanceof JsonObject) && !(value instanceof JsonArray)) {
                    edit("other value", event, place, deeper, (owner, key) -> owner.put(key, other(value)));
                }
                fields(event, place, value, deeper);
            }
        } else if (json instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                List<Object> deeper = new ArrayList<>(path);
                deeper.add(i);
                fields(event, where + "/" + i, array.getValue(i), deeper);
            }
        }
    }

    private static Object other(Object value) {
        if (value instanceof Boolean bool) {
            return !bool;
        } else if (value instanceof Integer number) {
            return number + 1;
        } else if (value instanceof Number number) {
            return number.doubleValue() + 1;
        }
        return value == null ? "x" : value + "x";
    }

    private void edit(String how, int event, String where, List<Object> path, BiConsumer<JsonObject, String> edit) {
        List<JsonObject> events = copy();
        Object owner = events.get(event);
        for (Object step : path.subList(0, path.size() - 1)) {
            owner = step instanceof Integer index ? ((JsonArray) owner).getValue(index)
                    : ((JsonObject) owner).getValue((String) step);
        }
        edit.accept((JsonObject) owner, (String) path.get(path.size() - 1));
        all.add(new Changed(how, where, events));
    }
}
