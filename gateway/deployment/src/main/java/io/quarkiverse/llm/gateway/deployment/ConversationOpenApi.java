package io.quarkiverse.llm.gateway.deployment;

import static io.quarkiverse.llm.gateway.deployment.GatewayOpenApi.constant;
import static io.quarkiverse.llm.gateway.deployment.GatewayOpenApi.content;
import static io.quarkiverse.llm.gateway.deployment.GatewayOpenApi.failure;
import static io.quarkiverse.llm.gateway.deployment.GatewayOpenApi.object;
import static io.quarkiverse.llm.gateway.deployment.GatewayOpenApi.operation;
import static io.quarkiverse.llm.gateway.deployment.GatewayOpenApi.response;
import static io.quarkiverse.llm.gateway.deployment.GatewayOpenApi.text;
import static io.quarkiverse.llm.gateway.deployment.GatewayOpenApi.withFailures;

import java.util.List;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.Paths;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** The routes of conversations, and the one that makes them shorter. */
final class ConversationOpenApi {

    private ConversationOpenApi() {
    }

    /**
     * @param path of the gateway
     */
    static void add(Paths paths, String path) {
        String conversation = path + "/conversations/{conversation_id}";
        paths.addPathItem(path + "/responses/compact", OASFactory.createPathItem().POST(compact()));
        paths.addPathItem(path + "/conversations", OASFactory.createPathItem().POST(
                sending(answering("createConversation", "Make a conversation", conversation()), false,
                        object("A new conversation", "conversations/create", List.of())
                                .addProperty("metadata", metadata()).addProperty("items", items()))));
        paths.addPathItem(conversation, of(conversationId())
                .GET(answering("retrieveConversation", "Read a conversation", conversation()))
                .POST(sending(answering("updateConversation", "Replace the metadata of a conversation", conversation()), true,
                        object("What is changed", "conversations/update", List.of("metadata"))
                                .addProperty("metadata", metadata())))
                .DELETE(answering("deleteConversation", "Delete a conversation",
                        object("That it is gone", "conversations/delete", List.of("id", "object", "deleted"))
                                .addProperty("id", text(null)).addProperty("object", constant("conversation.deleted"))
                                .addProperty("deleted", OASFactory.createSchema().addType(SchemaType.BOOLEAN)))));
        paths.addPathItem(conversation + "/items", of(conversationId())
                .GET(answering("listConversationItems", "List the items of a conversation", list())
                        .addParameter(query("limit", SchemaType.INTEGER, "How many, from 1 to 100; 20 when it is missing"))
                        .addParameter(query("order", SchemaType.STRING, "asc or desc, as it is when it is missing"))
                        .addParameter(query("after", SchemaType.STRING, "The id of the item behind which the list begins")))
                .POST(sending(answering("createConversationItems", "Add items to a conversation", list()), true,
                        object("What is added", "conversations/create-item", List.of("items"))
                                .addProperty("items", items()))));
        paths.addPathItem(conversation + "/items/{item_id}", of(conversationId(), inPath("item_id", "The id of the item"))
                .GET(answering("retrieveConversationItem", "Read an item of a conversation",
                        object("The item", "conversations/get-item", List.of("type"))))
                .DELETE(answering("deleteConversationItem", "Take an item out of a conversation", conversation())));
    }

    private static Operation compact() {
        Schema request = object("A conversation that is made shorter", "responses/compact", List.of("model"))
                .addProperty("model", text("The model that writes the summary"))
                .addProperty("input", OASFactory.createSchema().description("A text, or a list of items"))
                .addProperty("previous_response_id", text("The response that the conversation ends with"))
                .addProperty("instructions", text("What the model is told before the input"));
        Schema window = object("What to go on with", "responses/compacted-object",
                List.of("id", "object", "created_at", "output", "usage"))
                .addProperty("id", text(null)).addProperty("object", constant("response.compaction"))
                .addProperty("created_at", OASFactory.createSchema().addType(SchemaType.INTEGER))
                .addProperty("output", items())
                .addProperty("usage", OASFactory.createSchema().addType(SchemaType.OBJECT));
        return sending(answering("compactResponse", "Make a conversation shorter", window), true, request);
    }

    private static Operation answering(String id, String summary, Schema answer) {
        return operation(id, summary).responses(withFailures(response("Done").content(content(answer)))
                .addAPIResponse("400", failure("The request is wrong"))
                .addAPIResponse("404", failure("There is no such thing, or not for who asks")));
    }

    private static Operation sending(Operation operation, boolean required, Schema request) {
        return operation
                .requestBody(OASFactory.createRequestBody().required(required).content(content(request)));
    }

    private static PathItem of(Parameter... parameters) {
        PathItem item = OASFactory.createPathItem();
        for (Parameter parameter : parameters) {
            item.addParameter(parameter);
        }
        return item;
    }

    private static Parameter conversationId() {
        return inPath("conversation_id", "The id of the conversation");
    }

    private static Parameter inPath(String name, String description) {
        return OASFactory.createParameter().name(name).in(Parameter.In.PATH).required(true).description(description)
                .schema(text(null));
    }

    private static Parameter query(String name, SchemaType type, String description) {
        return OASFactory.createParameter().name(name).in(Parameter.In.QUERY).description(description)
                .schema(OASFactory.createSchema().addType(type));
    }

    private static Schema conversation() {
        return object("The conversation", "conversations/object", List.of("id", "object", "created_at", "metadata"))
                .addProperty("id", text(null)).addProperty("object", constant("conversation"))
                .addProperty("created_at", OASFactory.createSchema().addType(SchemaType.INTEGER))
                .addProperty("metadata", metadata());
    }

    private static Schema list() {
        return object("A list of items", "conversations/list-items-object",
                List.of("object", "data", "first_id", "last_id", "has_more"))
                .addProperty("object", constant("list")).addProperty("data", items())
                .addProperty("first_id", text("null when there are none").addType(SchemaType.NULL))
                .addProperty("last_id", text("null when there are none").addType(SchemaType.NULL))
                .addProperty("has_more", OASFactory.createSchema().addType(SchemaType.BOOLEAN));
    }

    private static Schema items() {
        return OASFactory.createSchema().addType(SchemaType.ARRAY)
                .items(OASFactory.createSchema().addType(SchemaType.OBJECT));
    }

    private static Schema metadata() {
        return OASFactory.createSchema().addType(SchemaType.OBJECT).description("At most 16 texts of the client's own")
                .additionalPropertiesSchema(text(null));
    }
}
