/**
 * Labels removed, altered or forged (Article 18): files that claim to be ours, or were ours, are compared with what was released; what does not agree becomes a case for people.
 */
@NullMarked
package dev.cinnabar.server.tampering;

import org.jspecify.annotations.NullMarked;
