package dev.cinnabar.server.gateway;

import dev.cinnabar.server.law.Secret;
import dev.cinnabar.server.law.Setting;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** One OpenAI-compatible endpoint that makes content. */
public record UpstreamSettings(
        @Setting(
                value = "The base address, to which paths like /chat/completions are added.",
                required = true,
                example = "https://dashscope.aliyuncs.com/compatible-mode/v1")
        String url,

        @Setting(
                value =
                        "The key sent as a bearer token: env:NAME reads an environment variable, file:PATH a file. It is never written into this file and never printed.",
                example = "env:DASHSCOPE_API_KEY")
        Optional<Secret> credential,

        @Setting(value = "The models it serves, by the names that callers use.")
        Map<String, ModelSettings> models,

        @Setting(value = "How long a connection may take.", otherwise = "5s")
        Duration connectTimeout,

        @Setting(value = "How long the first byte of an answer may take.", otherwise = "60s")
        Duration firstByteTimeout,

        @Setting(value = "How long an answer that has begun may stay silent.", otherwise = "30s")
        Duration silenceTimeout,

        @Setting(value = "How long a whole answer may take.", otherwise = "10m")
        Duration totalTimeout) {
    /** A model at this endpoint. */
    public record ModelSettings(
            @Setting(value = "What the endpoint calls it, where that is another name.", example = "qwen-plus-latest")
            Optional<String> as,

            @Setting(value = "How often it is chosen beside other endpoints of the same model.", otherwise = "1")
            int weight) {
        public ModelSettings {
            if (weight < 0 || weight > 1000) {
                throw new IllegalArgumentException("weight must lie between 0 and 1000");
            }
        }
    }

    public UpstreamSettings {
        if (!url.startsWith("http://") && !url.startsWith("https://")) {
            throw new IllegalArgumentException("url must start with http:// or https://");
        }
        models = Map.copyOf(models);
    }
}
