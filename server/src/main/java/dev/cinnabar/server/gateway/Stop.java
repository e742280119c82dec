package dev.cinnabar.server.gateway;

import dev.cinnabar.server.law.Refused;

/**
 * Why a stream ends before its answers do.
 *
 * @param outcome the word of the entry: {@code blocked} or {@code held}
 */
record Stop(Refused refused, String outcome) {}
