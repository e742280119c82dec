/**
 * The demo upstream: no model, and honest about it. Everything can be tried with it: text whole and streamed, calls of tools, a drawn picture, a tonal sound.
 */
@NullMarked
package dev.cinnabar.server.gateway.demo;

import org.jspecify.annotations.NullMarked;
