package io.quarkiverse.llm.runtime.provider;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.Item;
import io.quarkiverse.llm.runtime.json.ItemReader;
import io.quarkiverse.llm.runtime.json.JsonFields;
import io.quarkiverse.llm.runtime.json.JsonValue;

/** Reads an answer as one page of a list of items. */
final class ReadingItems implements WholeAnswer.Reading<ReadingItems.Page> {

    /**
     * @param last the id after which the next page begins; empty where there is none
     */
    record Page(List<Item> items, Optional<String> last) {
    }

    private Page page;

    @Override
    public void event(String name, byte[] data, int offset, int length) {
        body(data, offset, length);
    }

    @Override
    public void body(byte[] data, int offset, int length) {
        JsonFields list = JsonFields.of(new String(data, offset, length, StandardCharsets.UTF_8));
        List<Item> items = list.required("data").list().stream().map(JsonValue::object).map(ItemReader::read).toList();
        boolean more = list.bool("has_more").orElse(false) && !items.isEmpty();
        page = new Page(items, more ? list.string("last_id").or(() -> items.get(items.size() - 1).id()) : Optional.empty());
    }

    @Override
    public Page end() {
        return page;
    }
}
