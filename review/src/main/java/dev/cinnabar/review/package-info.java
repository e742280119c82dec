/** placeholder */
@NullMarked
package dev.cinnabar.review;

import org.jspecify.annotations.NullMarked;
