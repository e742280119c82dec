package dev.cinnabar.server;

import dev.cinnabar.server.law.Role;
import dev.cinnabar.server.web.Access;
import dev.cinnabar.server.web.RouteTable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every page there is, with an address that shows it: a new GET route without a line here fails {@link PagesTest}. */
final class Pages {
    /** What stands for a part of a path, by the route's path: filled in from what the test put there. */
    private final Map<String, String> addresses = new LinkedHashMap<>();

    /** Files and redirects: no page to look at. */
    static final List<String> NO_PAGE =
            List.of("/console", "/public", "/console/ledger/{log}/{index}/evidence", "/console/features/export");

    Pages(TestServer server) {
        page("/", "/");
        page("/public/", "/public/");
        page("/public/check", "/public/check");
        page("/console/sign-in", "/console/sign-in");
        page("/console/", "/console/");
        page("/console/account/password", "/console/account/password");
        page("/console/staff", "/console/staff");
        page("/console/staff/new", "/console/staff/new");
        page("/console/staff/{id}", "/console/staff/" + server.of(Role.REVIEWER).id());
        page("/console/ledger", "/console/ledger");
        page("/console/ledger/{log}", "/console/ledger/governance");
        page("/console/ledger/{log}/{index}", "/console/ledger/governance/0");
    }

    private void page(String path, String address) {
        addresses.put(path, address);
    }

    Map<String, String> all() {
        return addresses;
    }

    /** A role that may see the route; empty where everybody may. */
    static Optional<Role> who(RouteTable.Route route) {
        return switch (route.access()) {
            case Access.Anyone() -> Optional.empty();
            case Access.Staff(var roles) ->
                Arrays.stream(Role.values()).filter(roles::contains).findFirst();
        };
    }
}
