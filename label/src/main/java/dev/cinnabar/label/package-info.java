/** placeholder */
@NullMarked
package dev.cinnabar.label;

import org.jspecify.annotations.NullMarked;
