package io.quarkiverse.llm.scripted;

import io.vertx.core.json.JsonObject;

/** How servers answer requests of a wire API that they do not have. */
public enum NoSuchApi {

    /** HTTP 404 with an error in OpenAI's shape, but a number for its code (llama.cpp). */
    FILE_NOT_FOUND(Answer.error(404, Json.object("""
            {"error":{"code":404,"message":"File Not Found","type":"not_found_error"}}"""))),

    /** HTTP 404 with {@code {"detail":"Not Found"}} (vLLM, SGLang and whatever runs on FastAPI). */
    NOT_FOUND(Answer.error(404, new JsonObject().put("detail", "Not Found"))),

    /** HTTP 404 with a line of plain text (Ollama and whatever runs on Go's router). */
    PAGE_NOT_FOUND(Answer.raw("text/plain", "404 page not found\n".getBytes()).status(404)),

    /** HTTP 405 with {@code {"detail":"Method Not Allowed"}} (FastAPI where the path has another method). */
    METHOD_NOT_ALLOWED(Answer.error(405, new JsonObject().put("detail", "Method Not Allowed")).header("allow", "GET")),

    /** HTTP 501 with an error in OpenAI's shape. */
    NOT_IMPLEMENTED(Answer.error(501, "Not implemented")),

    /** HTTP 200 with a web page, as servers answer that have their user interface on every path. */
    WEB_PAGE(Answer.raw("text/html; charset=utf-8", "<!DOCTYPE html><html><body>Welcome</body></html>".getBytes())),

    /** HTTP 200 with an error that has no known shape (LM Studio: {@code Unexpected endpoint or method}). */
    UNEXPECTED_ENDPOINT(Answer.json(new JsonObject().put("error", "Unexpected endpoint or method. (POST /v1/responses)"))),

    /** HTTP 200 with an event stream in which nothing is. */
    EMPTY_STREAM(Answer.sse(""));

    private final Answer answer;

    NoSuchApi(Answer answer) {
        this.answer = answer;
    }

    /** What goes over the wire. */
    public Answer answer() {
        return answer;
    }
}
