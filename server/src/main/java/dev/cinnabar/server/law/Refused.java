package dev.cinnabar.server.law;

/**
 * A no, said by the law or by the input: which article or clause, why, and what to do about it.
 *
 * @param article the article of the Provisions, or a clause like {@code GB 45438-2025 5.2 e)}; empty where only the form of the request is wrong
 */
public record Refused(Code code, String article, Words reason, Words remedy) {}
