package dev.cinnabar.server.gateway;

/**
 * A commitment to bytes that are kept elsewhere.
 *
 * @param commitment SHA-256(salt || bytes), hex
 */
record Salted(String commitment, long length) {}
