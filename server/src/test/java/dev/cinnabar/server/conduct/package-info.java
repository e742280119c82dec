/** Tries to decide alone, to decide twice, to slip past the end of a measure and to leave one in force that is over. */
@NullMarked
package dev.cinnabar.server.conduct;

import org.jspecify.annotations.NullMarked;
