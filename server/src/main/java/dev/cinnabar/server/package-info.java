/** The house as a whole: its settings, its wiring, and how it starts and stops. */
@NullMarked
package dev.cinnabar.server;

import org.jspecify.annotations.NullMarked;
