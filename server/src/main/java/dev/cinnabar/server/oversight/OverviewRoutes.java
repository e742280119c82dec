package dev.cinnabar.server.oversight;

import dev.cinnabar.server.web.Access;
import dev.cinnabar.server.web.Answer;
import dev.cinnabar.server.web.RouteTable;
import dev.cinnabar.server.web.Routes;

/** The overview, for everybody who works here. */
final class OverviewRoutes implements Routes {
    private final Oversight oversight;

    OverviewRoutes(Oversight oversight) {
        this.oversight = oversight;
    }

    @Override
    public void on(RouteTable table) {
        table.get("/console/", Access.anyStaff(), visit -> Answer.page("oversight/overview", oversight.overview()));
    }
}
