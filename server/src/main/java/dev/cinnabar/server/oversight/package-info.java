/**
 * What inspectors and compliance officers see across all domains (Articles 5 and 21).
 */
@NullMarked
package dev.cinnabar.server.oversight;

import org.jspecify.annotations.NullMarked;
