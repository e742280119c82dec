package dev.cinnabar.review;

/**
 * Why a feature cannot be taken into a library.
 *
 * @param code a stable word for it, for translation
 * @param reason what is wrong, in English
 * @param remedy what to do about it, in English
 */
public record Objection(String code, String reason, String remedy) {}
