/**
 * Words that every room uses and no behaviour: the article, the refusal, the basis of a number, ids.
 */
@NullMarked
package dev.cinnabar.server.law;

import org.jspecify.annotations.NullMarked;
