package dev.cinnabar.server.web;

/** The public home. */
public record HomePage() {}
