/**
 * The governed database of features of illegal and harmful information (Article 10, second paragraph).
 */
@NullMarked
package dev.cinnabar.server.features;

import org.jspecify.annotations.NullMarked;
