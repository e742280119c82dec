/**
 * Measures against users: warn, limit a function, suspend, close (Article 10, third paragraph).
 */
@NullMarked
package dev.cinnabar.server.conduct;

import org.jspecify.annotations.NullMarked;
