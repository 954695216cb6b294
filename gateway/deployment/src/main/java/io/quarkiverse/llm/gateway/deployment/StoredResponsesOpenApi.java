package io.quarkiverse.llm.gateway.deployment;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.Paths;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/** The routes of one response that is kept. */
final class StoredResponsesOpenApi {

    private static final String JSON = "application/json";

    private final BiFunction<String, String, Operation> operation;
    private final Function<String, APIResponse> failure;

    private StoredResponsesOpenApi(BiFunction<String, String, Operation> operation, Function<String, APIResponse> failure) {
        this.operation = operation;
        this.failure = failure;
    }

    /**
     * @param operation makes one of an id and a summary
     * @param failure makes an answer of a description
     */
    static void addTo(Paths paths, String path, BiFunction<String, String, Operation> operation,
            Function<String, APIResponse> failure) {
        StoredResponsesOpenApi api = new StoredResponsesOpenApi(operation, failure);
        paths.addPathItem(path, item().GET(api.get()).DELETE(api.delete()));
        paths.addPathItem(path + "/cancel", item().POST(api.cancel()));
        paths.addPathItem(path + "/input_items", item().GET(api.inputItems()));
    }

    private static PathItem item() {
        return OASFactory.createPathItem().addParameter(OASFactory.createParameter().name("response_id")
                .in(Parameter.In.PATH).required(true).schema(schema(SchemaType.STRING)));
    }

    private static Schema schema(SchemaType type) {
        return OASFactory.createSchema().addType(type);
    }

    private static Parameter query(String name, Schema schema, String description) {
        return OASFactory.createParameter().name(name).in(Parameter.In.QUERY).description(description).schema(schema);
    }

    private Operation get() {
        return operation.apply("retrieveResponse", "Read a response again")
                .addParameter(query("stream", schema(SchemaType.BOOLEAN).defaultValue(false),
                        "Whether it comes in its events"))
                .addParameter(query("starting_after", schema(SchemaType.INTEGER),
                        "The sequence number of the last event that is left out"))
                .addParameter(query("include[]", schema(SchemaType.ARRAY).items(schema(SchemaType.STRING)),
                        "reasoning.encrypted_content to see it, too"))
                .responses(found("The response as it is now", content("The response").addMediaType("text/event-stream",
                        OASFactory.createMediaType().schema(schema(SchemaType.STRING)))));
    }

    private Operation delete() {
        return operation.apply("deleteResponse", "Forget a response")
                .responses(found("It is forgotten", content("What was forgotten")));
    }

    private Operation cancel() {
        return operation.apply("cancelResponse", "Stop a response that is made in the background")
                .responses(found("The response as it has become", content("The response"))
                        .addAPIResponse("400", failure.apply("It was not created in the background")));
    }

    private Operation inputItems() {
        Schema order = schema(SchemaType.STRING).addEnumeration("asc").addEnumeration("desc").defaultValue("desc");
        return operation.apply("listInputItems", "List what a response was asked")
                .addParameter(query("limit", schema(SchemaType.INTEGER).defaultValue(20), "1 to 100"))
                .addParameter(query("order", order, "The newest first, or the oldest"))
                .addParameter(query("after", schema(SchemaType.STRING), "The id of the item in front of the list"))
                .responses(found("The items", OASFactory.createContent().addMediaType(JSON, OASFactory.createMediaType().schema(
                        schema(SchemaType.OBJECT).required(List.of("object", "data", "first_id", "last_id", "has_more")))))
                        .addAPIResponse("400", failure.apply("There is no such page")));
    }

    private static Content content(String description) {
        return OASFactory.createContent().addMediaType(JSON,
                OASFactory.createMediaType().schema(schema(SchemaType.OBJECT).description(description)));
    }

    private APIResponses found(String description, Content content) {
        return OASFactory.createAPIResponses()
                .addAPIResponse("200", OASFactory.createAPIResponse().description(description).content(content))
                .addAPIResponse("404", failure.apply("There is no such response, or not for this client"))
                .addAPIResponse("5XX", failure.apply("The gateway is not active, or cannot reach what it keeps"));
    }
}
