package io.quarkiverse.llm.gateway.deployment;

import java.util.List;
import java.util.Optional;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.Paths;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * Adds the routes of the gateway to the application's OpenAPI document. Of requests and answers it tells what clients must
 * know to begin with; all their fields are OpenAI's, and described there.
 */
final class GatewayOpenApi implements OASFilter {

    private static final String TAG = "LLM Gateway";
    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream";
    private static final String ERROR = "LlmGatewayError";
    private static final String MODEL = "LlmGatewayModel";
    private static final String REFERENCE = "https://platform.openai.com/docs/api-reference/";

    private final String path;

    /**
     * @param path of the gateway, the root path of the application included
     */
    GatewayOpenApi(String path) {
        this.path = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.addTag(OASFactory.createTag().name(TAG)
                .description("The wire APIs of OpenAI in front of the language models of this application"));
        if (document.getComponents() == null) {
            document.setComponents(OASFactory.createComponents());
        }
        document.getComponents().addSchema(ERROR, error()).addSchema(MODEL, model());
        if (document.getPaths() == null) {
            document.setPaths(OASFactory.createPaths());
        }
        Paths paths = document.getPaths();
        paths.addPathItem(path + "/responses", OASFactory.createPathItem().POST(responses()));
        paths.addPathItem(path + "/responses/input_tokens", OASFactory.createPathItem().POST(inputTokens()));
        StoredResponsesOpenApi.addTo(paths, path + "/responses/{response_id}", GatewayOpenApi::operation,
                GatewayOpenApi::failure);
        ConversationOpenApi.add(paths, path);
        paths.addPathItem(path + "/chat/completions", OASFactory.createPathItem().POST(chatCompletions()));
        paths.addPathItem(path + "/models", OASFactory.createPathItem().GET(models()));
        paths.addPathItem(path + "/models/{model}", oneModel());
        paths.addPathItem(path + "/usage", OASFactory.createPathItem().GET(usage()));
    }

    private static Operation responses() {
        Schema request = input("A request of the Responses API", "responses/create").addProperty("stream", stream())
                .addProperty("background", OASFactory.createSchema().addType(SchemaType.BOOLEAN).defaultValue(false)
                        .description("Whether the response is made while nobody waits for it"));
        return generation("createResponse", "Answer over the Responses API", request,
                object("The response", "responses/object", List.of("id", "object", "status", "output"))
                        .addProperty("id", text(null))
                        .addProperty("object", constant("response"))
                        .addProperty("status",
                                text("completed, incomplete or failed; queued when it is made in the background"))
                        .addProperty("output", OASFactory.createSchema().addType(SchemaType.ARRAY)
                                .items(OASFactory.createSchema().addType(SchemaType.OBJECT))),
                "The events of the Responses API, then [DONE]");
    }

    static Schema input(String title, String reference) {
        return object(title, reference, List.of("input"))
                .addProperty("model", text("The model; the default provider's own one when it is missing"))
                .addProperty("input", OASFactory.createSchema().description("A text, or a list of items"))
                .addProperty("instructions", text("What the model is told before the input"))
                .addProperty("tools", OASFactory.createSchema().addType(SchemaType.ARRAY)
                        .items(OASFactory.createSchema().addType(SchemaType.OBJECT)));
    }

    private static Operation inputTokens() {
        Schema count = object("The count", "responses/input-tokens", List.of("object", "input_tokens"))
                .addProperty("object", constant("response.input_tokens"))
                .addProperty("input_tokens", OASFactory.createSchema().addType(SchemaType.INTEGER));
        return operation("countInputTokens", "Count the tokens of an input")
                .requestBody(OASFactory.createRequestBody().required(true)
                        .content(content(input("What is counted", "responses/input-tokens"))))
                .responses(withFailures(response("The count of the provider's server").content(content(count)))
                        .addAPIResponse("400", failure("The request is wrong"))
                        .addAPIResponse("404", failure("There is no such model"))
                        .addAPIResponse("501", failure("The provider cannot count")));
    }

    private static Operation chatCompletions() {
        Schema request = object("A request of Chat Completions", "chat/create", List.of("messages"))
                .addProperty("model", text("The model; the default provider's own one when it is missing"))
                .addProperty("messages", OASFactory.createSchema().addType(SchemaType.ARRAY)
                        .items(OASFactory.createSchema().addType(SchemaType.OBJECT)))
                .addProperty("tools", OASFactory.createSchema().addType(SchemaType.ARRAY)
                        .items(OASFactory.createSchema().addType(SchemaType.OBJECT)))
                .addProperty("stream", stream());
        return generation("createChatCompletion", "Answer over Chat Completions", request,
                object("The completion", "chat/object", List.of("id", "object", "choices"))
                        .addProperty("id", text(null))
                        .addProperty("object", constant("chat.completion"))
                        .addProperty("choices", OASFactory.createSchema().addType(SchemaType.ARRAY)
                                .items(OASFactory.createSchema().addType(SchemaType.OBJECT))),
                "The chunks of Chat Completions, then [DONE]");
    }

    private static Operation generation(String id, String summary, Schema request, Schema answer, String events) {
        Content content = content(answer).addMediaType(EVENTS,
                OASFactory.createMediaType().schema(text(events)));
        return operation(id, summary)
                .requestBody(OASFactory.createRequestBody().required(true).content(content(request)))
                .responses(OASFactory.createAPIResponses()
                        .addAPIResponse("200", response("The answer; in events when the request has \"stream\": true")
                                .content(content))
                        .addAPIResponse("400", failure("The request is wrong"))
                        .addAPIResponse("401", failure("It is not known who asks"))
                        .addAPIResponse("404", failure("There is no such model"))
                        .addAPIResponse("413", failure("The request is too large"))
                        .addAPIResponse("429",
                                failure("The provider takes no more requests at the moment, or the caller has reached a limit"))
                        .addAPIResponse("5XX", failure("The provider has failed, or the gateway is not active")));
    }

    private static Operation models() {
        return operation("listModels", "List the models")
                .responses(withFailures(response("All models that requests may name").content(content(OASFactory.createSchema()
                        .addType(SchemaType.OBJECT).required(List.of("object", "data"))
                        .addProperty("object", constant("list"))
                        .addProperty("data", OASFactory.createSchema().addType(SchemaType.ARRAY).items(reference(MODEL)))))));
    }

    private static PathItem oneModel() {
        Parameter model = OASFactory.createParameter().name("model").in(Parameter.In.PATH).required(true)
                .description("The model as it is listed; a slash in it may be encoded or not").schema(text(null));
        return OASFactory.createPathItem().addParameter(model).GET(operation("retrieveModel", "Describe a model")
                .responses(withFailures(response("The model").content(content(reference(MODEL))))
                        .addAPIResponse("404", failure("There is no such model"))));
    }

    private static Operation usage() {
        Parameter all = OASFactory.createParameter().name("all").in(Parameter.In.QUERY)
                .description("Whether that of all callers is meant, which not every key may read")
                .schema(OASFactory.createSchema().addType(SchemaType.BOOLEAN).defaultValue(false));
        return operation("readUsage", "Tell what the caller has used since the start, and what remains of its limits")
                .addParameter(all)
                .responses(withFailures(response("The usage").content(content(OASFactory.createSchema()
                        .addType(SchemaType.OBJECT).required(List.of("object")))))
                        .addAPIResponse("403", failure("The key may not read the usage of all")));
    }

    static APIResponses withFailures(APIResponse ok) {
        return OASFactory.createAPIResponses().addAPIResponse("200", ok)
                .addAPIResponse("401", failure("It is not known who asks"))
                .addAPIResponse("5XX", failure("The gateway is not active, or has failed"));
    }

    static Operation operation(String id, String summary) {
        return OASFactory.createOperation().operationId(id).summary(summary).addTag(TAG);
    }

    static APIResponse response(String description) {
        return OASFactory.createAPIResponse().description(description);
    }

    static APIResponse failure(String description) {
        return response(description).content(content(reference(ERROR)));
    }

    static Content content(Schema schema) {
        return OASFactory.createContent().addMediaType(JSON, OASFactory.createMediaType().schema(schema));
    }

    private static Schema error() {
        return OASFactory.createSchema().addType(SchemaType.OBJECT).description("A failure in OpenAI's words")
                .required(List.of("error"))
                .addProperty("error", OASFactory.createSchema().addType(SchemaType.OBJECT)
                        .required(List.of("message", "type", "param", "code"))
                        .addProperty("message", text("A sentence for people"))
                        .addProperty("type", text("The kind of failure, such as invalid_request_error"))
                        .addProperty("param", textOrNull("The field that is wrong"))
                        .addProperty("code", textOrNull("What is wrong, such as model_not_found")));
    }

    private static Schema model() {
        return OASFactory.createSchema().addType(SchemaType.OBJECT).description("A model")
                .required(List.of("id", "object", "created", "owned_by"))
                .addProperty("id", text("What requests name"))
                .addProperty("object", constant("model"))
                .addProperty("created", OASFactory.createSchema().addType(SchemaType.INTEGER)
                        .description("Seconds since 1970; 0 when the server does not say"))
                .addProperty("owned_by", text("What the server says, else the name of the provider"));
    }

    static Schema object(String description, String reference, List<String> required) {
        return OASFactory.createSchema().addType(SchemaType.OBJECT).description(description).required(required)
                .externalDocs(OASFactory.createExternalDocumentation().url(REFERENCE + reference));
    }

    private static Schema stream() {
        return OASFactory.createSchema().addType(SchemaType.BOOLEAN).description("Whether the answer comes in events")
                .defaultValue(false);
    }

    static Schema constant(String value) {
        return OASFactory.createSchema().addType(SchemaType.STRING).addEnumeration(value);
    }

    static Schema text(String description) {
        Schema schema = OASFactory.createSchema().addType(SchemaType.STRING);
        Optional.ofNullable(description).ifPresent(schema::setDescription);
        return schema;
    }

    private static Schema textOrNull(String description) {
        return text(description).addType(SchemaType.NULL);
    }

    private static Schema reference(String name) {
        return OASFactory.createSchema().ref(name);
    }
}
