/**
 * Sessions, sign-in, roles, problem replies, layout: what every page and machine interface stands on.
 */
@NullMarked
package dev.cinnabar.server.web;

import org.jspecify.annotations.NullMarked;
