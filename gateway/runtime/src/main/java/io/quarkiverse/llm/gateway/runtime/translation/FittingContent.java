package io.quarkiverse.llm.gateway.runtime.translation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.llm.Content;
import io.quarkiverse.llm.runtime.config.preset.WireApi;
import io.quarkiverse.llm.runtime.wire.DegradeMode;

/**
 * The parts of messages and outputs that the provider can take; of the others a short text remains, or nothing.
 *
 * @param client the wire API that parts of unknown types come from
 */
record FittingContent(WireApi client, ProviderTraits target, DegradeMode mode, Notes notes) {

    /** Who a part is from. */
    enum Speaker {
        /** The user, or a tool. */
        USER,
        ASSISTANT,
        /** System or developer. */
        APPLICATION
    }

    /**
     * @param item the place of the item
     * @return the very same list where everything fits
     */
    List<Content> of(List<Content> content, Speaker speaker, int item) {
        List<Content> fitting = new ArrayList<>(content.size());
        boolean same = true;
        for (int i = 0; i < content.size(); i++) {
            Content part = content.get(i);
            Optional<Content> fits = of(part, speaker);
            if (fits.isPresent() && fits.get() == part) {
                fitting.add(part);
                continue;
            }
            same = false;
            if (fits.isEmpty()) {
                String what = what(part);
                notes.add(item, i, what + " cannot be taken by the provider and was "
                        + (mode == DegradeMode.SKIP ? "left out" : "replaced by a short text"));
                fits = mode == DegradeMode.SKIP ? Optional.empty() : Optional.of(Content.text(placeholder(part, what)));
            }
            fits.ifPresent(fitting::add);
        }
        return same ? content : fitting;
    }

    /** The part itself, what stands for it without a loss, or nothing when the provider cannot take it. */
    private Optional<Content> of(Content part, Speaker speaker) {
        if (part instanceof Content.Text) {
            return Optional.of(part);
        } else if (part instanceof Content.Refusal refusal) {
            return Optional.of(speaker == Speaker.ASSISTANT ? part : Content.text(refusal.refusal()));
        } else if (part instanceof Content.Opaque) {
            return Optional.of(part).filter(known -> client == target.api() && (target.isChat() || !target.onlyFunctions()));
        } else if (part instanceof Content.File file) {
            return file(file, speaker);
        }
        return Optional.of(part).filter(shown -> isShown(shown, speaker));
    }

    private boolean isShown(Content part, Speaker speaker) {
        if (speaker == Speaker.ASSISTANT || target.isChatInside() && speaker == Speaker.APPLICATION) {
            return false;
        } else if (part instanceof Content.Image image) {
            return target.images() && (!target.isChatInside() || image.url().isPresent());
        }
        return target.audio() && target.isChat();
    }

    private Optional<Content> file(Content.File file, Speaker speaker) {
        boolean taken = target.files() && speaker != Speaker.ASSISTANT;
        if (taken && !target.isChatInside()) {
            return Optional.of(file);
        }
        Optional<Content> text = TextFiles.read(file).map(read -> Content.text(told(file, read)));
        boolean carried = taken && speaker == Speaker.USER && (file.fileId().isPresent() || file.data().isPresent());
        return text.or(() -> Optional.<Content> of(file).filter(binary -> carried));
    }

    private static String told(Content.File file, String text) {
        String name = file.filename().orElse("");
        return "[File" + (name.isEmpty() ? "" : " " + name) + "]\n" + text + "\n[End of file"
                + (name.isEmpty() ? "" : " " + name) + "]";
    }

    private static String what(Content part) {
        if (part instanceof Content.Image) {
            return "An image";
        } else if (part instanceof Content.Audio) {
            return "Audio";
        } else if (part instanceof Content.File) {
            return "A file";
        }
        return "A part of type " + ((Content.Opaque) part).type();
    }

    private static String placeholder(Content part, String what) {
        String name = part instanceof Content.File file
                ? file.filename().filter(said -> !said.isEmpty()).or(file::url).or(file::fileId).orElse("")
                : "";
        return "[" + (name.isEmpty() ? what : "The file " + Brief.of(name)) + " stood here, which cannot be shown to you.]";
    }
}
