/**
 * Measures against users: warn, limit a function, suspend, close (Article 10, third paragraph). Each has a statement of reasons; nobody approves what they proposed;
 * what is in force is held by {@code people} and asked on every request.
 */
@NullMarked
package dev.cinnabar.server.conduct;

import org.jspecify.annotations.NullMarked;
