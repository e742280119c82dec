/** Tests of the whole house: its arrows, its law pages, its bad days. */
@NullMarked
package dev.cinnabar.server;

import org.jspecify.annotations.NullMarked;
