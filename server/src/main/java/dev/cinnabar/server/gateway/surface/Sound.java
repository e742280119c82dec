package dev.cinnabar.server.gateway.surface;

/** A sound that a model made. */
public record Sound(byte[] bytes) implements Answer {}
