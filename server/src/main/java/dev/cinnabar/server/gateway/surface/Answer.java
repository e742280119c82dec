package dev.cinnabar.server.gateway.surface;

/** What a model made, whole. */
public sealed interface Answer permits Completion, Pictures, Sound {}
