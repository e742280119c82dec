/**
 * The functions offered, and whether each may run (Articles 15, 19, 20 and 23).
 */
@NullMarked
package dev.cinnabar.server.algorithms;

import org.jspecify.annotations.NullMarked;
