package dev.cinnabar.server.web;

import java.io.Serializable;
import java.time.Instant;

/**
 * What a session knows of the person: who, and under which epoch of the account it began. Name, roles and state are read from the account at every request.
 *
 * @param since when the person signed in
 */
record SignedIn(String staffId, long epoch, Instant since) implements Serializable {}
