package dev.cinnabar.server.web;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Every page and action that people reach, with who may reach it: what is not on this table does not exist. */
public final class RouteTable {
    private static final Set<String> ROOTS = Set.of("console", "public", "consent", "oversight", "supporters");

    /**
     * One route.
     *
     * @param path like {@code /console/people/{id}}
     */
    public record Route(Method method, String path, Access access, Handler handler) {
        public Route {
            if (!path.equals("/") && !ROOTS.contains(path.split("/", 3)[1])) {
                throw new IllegalArgumentException(path + " is not under one of " + ROOTS);
            }
            if (path.startsWith("/public") && access instanceof Access.Staff) {
                throw new IllegalArgumentException(path + " is public: no sign-in may be asked there");
            }
        }
    }

    /** What is asked: to see (changes nothing), or to change. */
    public enum Method {
        GET,
        POST
    }

    private final List<Route> routes = new ArrayList<>();

    /** The table with every room's routes on it. */
    public static RouteTable of(Collection<Routes> rooms) {
        RouteTable table = new RouteTable();
        rooms.forEach(room -> room.on(table));
        return table;
    }

    /** A page to look at: changes nothing. */
    public RouteTable get(String path, Access access, Handler handler) {
        return put(new Route(Method.GET, path, access, handler));
    }

    /** An action: under /console its form carries the session's token. */
    public RouteTable post(String path, Access access, Handler handler) {
        return put(new Route(Method.POST, path, access, handler));
    }

    /** The routes, in the order they were put. */
    public List<Route> routes() {
        return List.copyOf(routes);
    }

    private RouteTable put(Route route) {
        boolean taken = routes.stream()
                .anyMatch(r -> r.method() == route.method() && r.path().equals(route.path()));
        if (taken) {
            throw new IllegalArgumentException(route.method() + " " + route.path() + " is on the table already");
        }
        routes.add(route);
        return this;
    }
}
