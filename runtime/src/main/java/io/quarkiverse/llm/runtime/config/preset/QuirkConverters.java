package io.quarkiverse.llm.runtime.config.preset;

import org.eclipse.microprofile.config.spi.Converter;

import io.quarkiverse.llm.runtime.config.value.NamedValues;

/** The converters of the values of quirks. The mapping wants each to be a class that says itself what it converts to. */
final class QuirkConverters {

    private QuirkConverters() {
    }

    public static final class OfMaxTokensField implements Converter<MaxTokensField> {

        private static final long serialVersionUID = 1L;

        @Override
        public MaxTokensField convert(String value) {
            return NamedValues.parse(MaxTokensField.class, "field for the limit of the answer", value);
        }
    }

    public static final class OfInstructionsRole implements Converter<InstructionsRole> {

        private static final long serialVersionUID = 1L;

        @Override
        public InstructionsRole convert(String value) {
            return NamedValues.parse(InstructionsRole.class, "role for instructions", value);
        }
    }

    public static final class OfReasoningField implements Converter<ReasoningField> {

        private static final long serialVersionUID = 1L;

        @Override
        public ReasoningField convert(String value) {
            return NamedValues.parse(ReasoningField.class, "place for reasoning", value);
        }
    }

    public static final class OfReasoningEffortForm implements Converter<ReasoningEffortForm> {

        private static final long serialVersionUID = 1L;

        @Override
        public ReasoningEffortForm convert(String value) {
            return NamedValues.parse(ReasoningEffortForm.class, "form of the reasoning effort", value);
        }
    }

    public static final class OfToolCallContent implements Converter<ToolCallContent> {

        private static final long serialVersionUID = 1L;

        @Override
        public ToolCallContent convert(String value) {
            return NamedValues.parse(ToolCallContent.class, "content beside tool calls", value);
        }
    }

    public static final class OfToolChoiceForm implements Converter<ToolChoiceForm> {

        private static final long serialVersionUID = 1L;

        @Override
        public ToolChoiceForm convert(String value) {
            return NamedValues.parse(ToolChoiceForm.class, "form of tool_choice", value);
        }
    }

    public static final class OfResponseFormats implements Converter<ResponseFormats> {

        private static final long serialVersionUID = 1L;

        @Override
        public ResponseFormats convert(String value) {
            return NamedValues.parse(ResponseFormats.class, "set of response formats", value);
        }
    }

    public static final class OfKeyHeader implements Converter<KeyHeader> {

        private static final long serialVersionUID = 1L;

        @Override
        public KeyHeader convert(String value) {
            return NamedValues.parse(KeyHeader.class, "header for the API key", value);
        }
    }

    public static final class OfSeedField implements Converter<SeedField> {

        private static final long serialVersionUID = 1L;

        @Override
        public SeedField convert(String value) {
            return NamedValues.parse(SeedField.class, "field for the seed", value);
        }
    }

    public static final class OfToolCallIds implements Converter<ToolCallIds> {

        private static final long serialVersionUID = 1L;

        @Override
        public ToolCallIds convert(String value) {
            return NamedValues.parse(ToolCallIds.class, "kind of tool call ids", value);
        }
    }

    public static final class OfReasoningReplay implements Converter<ReasoningReplay> {

        private static final long serialVersionUID = 1L;

        @Override
        public ReasoningReplay convert(String value) {
            return NamedValues.parse(ReasoningReplay.class, "way to send reasoning back", value);
        }
    }

    public static final class OfTextFormat implements Converter<TextFormat> {

        private static final long serialVersionUID = 1L;

        @Override
        public TextFormat convert(String value) {
            return NamedValues.parse(TextFormat.class, "way to ask for JSON", value);
        }
    }
}
