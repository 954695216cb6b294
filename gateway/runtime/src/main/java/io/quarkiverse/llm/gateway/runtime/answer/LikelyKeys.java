package io.quarkiverse.llm.gateway.runtime.answer;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkiverse.llm.Secret;

/**
 * Hides what looks like a key in text that a server has said: some tell in an error which key they were given. Keys that are
 * configured the core has hidden already, whatever they look like.
 */
final class LikelyKeys {

    private static final String KEY = "(";
    private static final List<Pattern> PATTERNS = List.of(
            // OpenAI, Anthropic, OpenRouter, DeepSeek and many more; OpenAI puts stars into those that it repeats
            Pattern.compile("\\b" + KEY + "[sprt]k-[A-Za-z0-9_*-]{6,})"),
            // Groq, Hugging Face, Replicate, xAI, Fireworks, NVIDIA, Perplexity, Google
            Pattern.compile("\\b" + KEY + "(?:gsk_|hf_|r8_|xai-|fw_|nvapi-|pplx-|AIza)[A-Za-z0-9_*-]{10,})"),
            // JSON web tokens
            Pattern.compile("\\b" + KEY + "eyJ[A-Za-z0-9_-]{6,}\\.[A-Za-z0-9._-]+)"),
            Pattern.compile("(?i)\\b(?:bearer|basic)\\s+" + KEY + "[A-Za-z0-9._~+/=*-]{8,})"),
            Pattern.compile("(?i)[?&](?:[a-z_-]*key|[a-z_-]*token)=" + KEY + "[^&\\s\"']+)"),
            // a word with a digit, so that it is none of a sentence
            Pattern.compile("(?i)\\bapi[ _-]?key(?: provided)?[\"']?\\s*[:=]\\s*[\"'`]?"
                    + KEY + "(?=[^\\s\"'`,;]*\\d)[^\\s\"'`,;]{6,})"));

    private LikelyKeys() {
    }

    static String mask(String text) {
        String masked = text;
        for (Pattern pattern : PATTERNS) {
            masked = pattern.matcher(masked).replaceAll(
                    found -> Matcher.quoteReplacement(withoutKey(found.group(), found.group(1))));
        }
        return masked;
    }

    /** The key is at the end of what was found. */
    private static String withoutKey(String found, String key) {
        return found.substring(0, found.length() - key.length()) + Secret.MASK;
    }
}
