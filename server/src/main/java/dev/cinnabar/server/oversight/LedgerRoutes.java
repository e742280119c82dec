package dev.cinnabar.server.oversight;

import dev.cinnabar.ledger.Entry;
import dev.cinnabar.ledger.LedgerException;
import dev.cinnabar.server.law.Role;
import dev.cinnabar.server.logs.Logs;
import dev.cinnabar.server.web.Access;
import dev.cinnabar.server.web.Answer;
import dev.cinnabar.server.web.Form;
import dev.cinnabar.server.web.RouteTable;
import dev.cinnabar.server.web.Routes;
import dev.cinnabar.server.web.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The ledger's pages: the logs, their entries, one entry with its proof, and the proof to take away. */
final class LedgerRoutes implements Routes {
    private static final int PAGE = 50;
    private static final String ALL = "/console/ledger";
    private static final String LOG = ALL + "/{log}";
    private static final String ENTRY = LOG + "/{index}";

    private final List<Logs.Log> books;
    private final Function<String, List<Long>> index;

    /**
     * The pages of these logs.
     *
     * @param index which entries of the traffic log speak of a content
     */
    LedgerRoutes(List<Logs.Log> books, Function<String, List<Long>> index) {
        this.index = index;
        this.books = books;
    }

    @Override
    public void on(RouteTable table) {
        Access look = Access.staff(Role.OFFICER, Role.SENIOR, Role.INSPECTOR, Role.ADMIN);
        table.get(ALL, look, visit -> Answer.page("oversight/ledger", new LedgerPage(states())))
                .get(LOG, look, this::log)
                .get(ENTRY, look, visit -> entry(visit, LedgerRoutes::shown))
                .get(ENTRY + "/evidence", look, visit -> entry(visit, LedgerRoutes::evidence));
    }

    private List<LogState> states() {
        return books.stream().map(LogState::of).toList();
    }

    private Optional<Logs.Log> book(Visit visit) {
        return books.stream().filter(b -> b.name().equals(visit.path("log"))).findFirst();
    }

    private Answer log(Visit visit) throws LedgerException {
        Optional<Logs.Log> book = book(visit);
        if (book.isEmpty()) {
            return Answer.notFound();
        }
        String asked = visit.query("find").orElse("");
        Form form = Form.of(Map.of("find", asked));
        if (asked.isEmpty()) {
            return Answer.page(
                    "oversight/log",
                    page(book.get(), form, before(visit, book.get().ledger().size())));
        }
        List<Long> found = find(book.get(), asked);
        if (found.size() == 1) {
            return Answer.redirect(ALL + "/" + book.get().name() + "/" + found.getFirst());
        }
        if (found.isEmpty()) {
            form.wrong("find", "ledger.find.none");
        }
        return Answer.page("oversight/log", found(book.get(), form, found)).status(found.isEmpty() ? 404 : 200);
    }

    /** The entries meant: an index, or a content's id in the traffic log. */
    private List<Long> find(Logs.Log book, String asked) {
        if (asked.matches("[0-9]{1,18}")) {
            long at = Long.parseLong(asked);
            return at >= book.ledger().minimum() && at < book.ledger().size() ? List.of(at) : List.of();
        }
        return book.name().equals("traffic") ? index.apply(asked) : List.of();
    }

    private static LogPage found(Logs.Log book, Form form, List<Long> found) throws LedgerException {
        List<Line> lines = new ArrayList<>();
        for (long at : found) {
            lines.add(Line.of(book.ledger().read(at)));
        }
        return new LogPage(LogState.of(book), form, lines, false, 0, false, 0);
    }

    private static long before(Visit visit, long size) {
        return visit.query("before")
                .filter(b -> b.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .map(b -> Math.min(b, size))
                .orElse(size);
    }

    private static LogPage page(Logs.Log book, Form form, long before) throws LedgerException {
        long lowest = Math.max(book.ledger().minimum(), before - PAGE);
        List<Line> lines = new ArrayList<>();
        for (long index = before - 1; index >= lowest; index--) {
            lines.add(Line.of(book.ledger().read(index)));
        }
        boolean newer = before < book.ledger().size();
        boolean older = lowest > book.ledger().minimum();
        return new LogPage(
                LogState.of(book),
                form,
                lines,
                newer,
                Math.min(before + PAGE, book.ledger().size()),
                older,
                lowest);
    }

    /** An entry with the proof that it stands in its log. */
    private record Found(Logs.Log book, Entry entry, Evidence evidence) {}

    private Answer entry(Visit visit, Function<Found, Answer> then) throws LedgerException {
        Optional<Logs.Log> book = book(visit);
        String index = visit.path("index");
        if (book.isEmpty() || !index.matches("[0-9]{1,18}")) {
            return Answer.notFound();
        }
        long at = Long.parseLong(index);
        if (at < book.get().ledger().minimum() || at >= book.get().ledger().size()) {
            return Answer.notFound();
        }
        Entry entry = book.get().ledger().read(at);
        return then.apply(new Found(book.get(), entry, Evidence.of(book.get(), entry)));
    }

    private static Answer shown(Found found) {
        return Answer.page("oversight/entry", EntryPage.of(found.book(), found.entry(), found.evidence()));
    }

    private static Answer evidence(Found found) {
        String name = "cinnabar-" + found.book().name() + "-" + found.entry().index() + ".zip";
        return Answer.download("application/zip", name, found.evidence().zip());
    }
}
