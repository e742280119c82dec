package dev.cinnabar.server.web;

import java.time.Instant;

/** One step of a timeline, in words already: when, what, by whom, and a note that may be empty. */
public record Moment(Instant at, Tone tone, String what, String who, String note) {}
