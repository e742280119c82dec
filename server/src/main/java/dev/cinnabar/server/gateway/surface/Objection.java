package dev.cinnabar.server.gateway.surface;

import dev.cinnabar.server.law.Words;

/**
 * What is wrong with the form of a request.
 *
 * @param param the place in the JSON, like {@code messages[0].role}; empty for the whole
 * @param article the article or clause that the refusal rests on; empty where only the form is wrong
 */
public record Objection(String param, String article, Words reason, Words remedy) {}
