package io.quarkiverse.llm.scripted;

import java.util.List;

import io.vertx.core.json.JsonObject;

/** A scripted answer in the form of one wire API. */
interface ScriptedEvents {

    /** The payloads of its stream, the answer's deviations applied. */
    List<JsonObject> events();

    /** What is waited for before this one of the events is sent. */
    List<Piece> waitsBefore(JsonObject event);
}
