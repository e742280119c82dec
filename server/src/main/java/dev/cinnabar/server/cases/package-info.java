/**
 * The one state machine that the domains share: named transitions, who may make them, when two people are needed.
 */
@NullMarked
package dev.cinnabar.server.cases;

import org.jspecify.annotations.NullMarked;
