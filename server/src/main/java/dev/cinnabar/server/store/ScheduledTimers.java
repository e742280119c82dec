package dev.cinnabar.server.store;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;

/** Timers over db-scheduler. */
final class ScheduledTimers implements Timers, AutoCloseable {
    private final DataSource background;
    private final Map<String, OneTimeTask<Void>> deadlines = new LinkedHashMap<>();
    private final List<RecurringTask<Void>> again = new ArrayList<>();
    private Optional<Scheduler> scheduler = Optional.empty();

    ScheduledTimers(DataSource background) {
        this.background = background;
    }

    @Override
    public synchronized void on(String name, Consumer<String> work) {
        if (deadlines.put(name, Tasks.oneTime(name).execute((instance, context) -> work.accept(instance.getId())))
                != null) {
            throw new IllegalStateException("two rooms name their deadline " + name);
        }
    }

    @Override
    public synchronized void every(String name, Duration pause, Runnable work) {
        again.add(Tasks.recurring(name, FixedDelay.of(pause)).execute((instance, context) -> work.run()));
    }

    @Override
    public void set(Handle transaction, String name, String id, Instant due) {
        TaskInstance<Void> instance = task(name).instance(id);
        SchedulerClient client = client(transaction, task(name));
        if (!client.scheduleIfNotExists(instance, due)) {
            client.reschedule(instance, due);
        }
    }

    @Override
    public void drop(Handle transaction, String name, String id) {
        transaction.execute(
                "delete from scheduled_tasks where task_name = ? and task_instance = ?",
                task(name).getName(),
                id);
    }

    private synchronized OneTimeTask<Void> task(String name) {
        return Optional.ofNullable(deadlines.get(name))
                .orElseThrow(() -> new IllegalStateException("nobody said what to do at the deadline " + name));
    }

    private static SchedulerClient client(Handle transaction, Task<?> task) {
        return SchedulerClient.Builder.create(new OneConnection(transaction.getConnection()), task)
                .build();
    }

    @Override
    public synchronized void begin() {
        Scheduler started = Scheduler.create(background, List.copyOf(deadlines.values()))
                .startTasks(again)
                .threads(4)
                .executorService(Executors.newFixedThreadPool(
                        4, Thread.ofPlatform().daemon().name("timer-", 0).factory()))
                .pollingInterval(Duration.ofSeconds(1))
                .heartbeatInterval(Duration.ofSeconds(30))
                .shutdownMaxWait(Duration.ofSeconds(10))
                .alwaysPersistTimestampInUTC()
                .build();
        started.start();
        scheduler = Optional.of(started);
    }

    @Override
    public synchronized void close() {
        scheduler.ifPresent(Scheduler::stop);
        scheduler = Optional.empty();
    }
}
