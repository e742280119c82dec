package dev.cinnabar.server.web;

/** The pages of one room; each {@code XRoutes} puts its own on the table. */
@FunctionalInterface
public interface Routes {
    /** Puts the room's routes on the table. */
    void on(RouteTable table);
}
