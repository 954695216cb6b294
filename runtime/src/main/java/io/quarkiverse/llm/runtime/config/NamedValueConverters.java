package io.quarkiverse.llm.runtime.config;

import org.eclipse.microprofile.config.spi.Converter;

import io.quarkiverse.llm.runtime.config.preset.Preset;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.config.value.NamedValues;

/**
 * The converters of the named values of a provider. The mapping wants each to be a class that says itself what it converts to.
 */
final class NamedValueConverters {

    private NamedValueConverters() {
    }

    public static final class OfPreset implements Converter<Preset> {

        private static final long serialVersionUID = 1L;

        @Override
        public Preset convert(String value) {
            return NamedValues.parse(Preset.class, "preset", value);
        }
    }

    public static final class OfWireApi implements Converter<WireApi> {

        private static final long serialVersionUID = 1L;

        @Override
        public WireApi convert(String value) {
            return NamedValues.parse(WireApi.class, "wire API", value);
        }
    }

    public static final class OfStreamTransport implements Converter<StreamTransport> {

        private static final long serialVersionUID = 1L;

        @Override
        public StreamTransport convert(String value) {
            return NamedValues.parse(StreamTransport.class, "transport", value);
        }
    }

    public static final class OfDecoding implements Converter<Decoding> {

        private static final long serialVersionUID = 1L;

        @Override
        public Decoding convert(String value) {
            return NamedValues.parse(Decoding.class, "way to decode", value);
        }
    }
}
