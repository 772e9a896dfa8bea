package clearml.apiserver.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clearml.apiserver.call.ApiException;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Identity;
import clearml.apiserver.call.Role;
import clearml.apiserver.projects.ProjectsOfTest;
import clearml.apiserver.query.MemoryMongo;
import clearml.apiserver.queues.QueueEntries;
import clearml.apiserver.queues.QueuesOfTest;
import java.util.Date;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A task came back from a slow worker to its queue, and another one has got it: who starts it first runs it. */
class OutrunTest {

    private static final Caller SLOW = worker("slow");
    private static final Caller SECOND = worker("second");
    private static final Caller OTHER = worker("other");

    private final MemoryMongo mongo = new MemoryMongo();
    private final TaskStore store = new TaskStore(mongo.stores);
    private final StatusMachine machine = new StatusMachine(store, ProjectsOfTest.references(mongo.stores));
    private final TasksOfQueues tasks = new TasksOfQueues(store, machine);
    private final QueueEntries queues = new QueuesOfTest(mongo.stores, tasks).entries;
    private final StatusReports reports = new StatusReports(store, machine, queues, new Outrun(store, queues));

    private static Caller worker(String machine) {
        return new Caller(new Identity("u", "c", Role.USER, "User", "Company"), machine, "10.0.0.1", null);
    }

    @BeforeEach
    void fill() {
        mongo.insert(
                "task",
                "{'_id': 't', 'company': 'c', 'status': 'queued', 'status_changed': {'$date': 1000}, 'execution': {'queue': 'q'}}");
        mongo.insert("queue", "{'_id': 'q', 'company': 'c', 'entries': []}");
        tasks.returned("t", tasks.waiting("t"), QueueEntries.worker(SLOW));
        pulledBy(SECOND);
    }

    private void pulledBy(Caller... workers) {
        var pulled = Stream.of(workers)
                .map(worker -> new Document("task", "t")
                        .append("added", new Date())
                        .append("pulled", new Date())
                        .append("by", QueueEntries.worker(worker)))
                .toList();
        mongo.stores.backend("queue").updateOne(new Document(), new Document("$set", new Document("x_pulled", pulled)));
    }

    private void neverCameBack() {
        mongo.stores
                .backend("task")
                .updateOne(new Document(), new Document("$unset", new Document(TasksOfQueues.RETURNED, "")));
    }

    @Test
    void ofTwoThatGotItAsItWasEnqueuedAnewTheFirstRunsIt() {
        neverCameBack();
        pulledBy(SLOW, SECOND);

        started(SECOND);

        assertRefused(SLOW);
        assertThatCode(() -> started(SECOND)).doesNotThrowAnyException();
    }

    @Test
    void whatOneWorkerHasGotMayBeStartedElsewhereFirst() {
        neverCameBack();

        started(OTHER);

        assertThatCode(() -> started(SECOND)).doesNotThrowAnyException();
    }

    @Test
    void whoGotItIsRefusedWhereverThatIsNoted() {
        neverCameBack();
        pulledBy(SLOW, SECOND);
        started(SECOND);

        tasks.gotten("t", QueueEntries.worker(SLOW));
        pulledBy();

        assertRefused(SLOW);
        assertThatCode(() -> started(SECOND)).doesNotThrowAnyException();
    }

    /** After the server of the second has looked who else had got it. */
    @Test
    void whoGetsItInTheMomentInWhichItIsStartedIsRefused() {
        neverCameBack();
        started(SECOND);
        pulledBy(SLOW);

        assertRefused(SLOW);
    }

    @Test
    void theSlowOneIsRefusedWhenTheSecondHasCompletedItAlready() {
        started(SECOND);
        reports.ended(TaskStatus.COMPLETED, report(), SECOND);

        assertRefused(SLOW);
        assertThatCode(() -> started(SECOND)).doesNotThrowAnyException();
    }

    @Test
    void whatWasStartedSinceItCameIntoAQueueIsNotHandedOutFromThere() {
        var added = new Date();
        assertThat(tasks.pulled("t", added).begun()).isFalse();
        started(SECOND);
        assertThat(tasks.pulled("t", added).begun()).isTrue();
        reports.ended(TaskStatus.COMPLETED, report(), SECOND);
        assertThat(tasks.pulled("t", added).begun()).isTrue();
        assertThat(tasks.pulled("t", new Date(System.currentTimeMillis() + 1000))
                        .begun())
                .isFalse();
    }

    @AfterEach
    void close() {
        mongo.close();
    }

    @Test
    void theSlowOneIsRefusedWhenTheSecondHasStartedIt() {
        started(SECOND);

        assertRefused(SLOW);
        assertThatCode(() -> started(SECOND)).doesNotThrowAnyException();
        assertThatCode(() -> started(OTHER)).doesNotThrowAnyException();
    }

    @Test
    void theSecondIsRefusedWhenTheSlowOneHasStartedItAfterAll() {
        started(SLOW);

        assertRefused(SECOND);
        assertThatCode(() -> started(SLOW)).doesNotThrowAnyException();
    }

    @Test
    void aLaterRunIsOpenToAll() {
        started(SECOND);
        reports.ended(TaskStatus.STOPPED, report(), SECOND);
        long before = System.currentTimeMillis();
        while (System.currentTimeMillis() == before) {
            Thread.onSpinWait();
        }
        started(OTHER);

        assertThatCode(() -> started(SLOW)).doesNotThrowAnyException();
    }

    @Test
    void whoGotItSeveralTimesIsCountedOnceAndItsReturnsAreNot() {
        tasks.returned("t", tasks.waiting("t"), QueueEntries.worker(SLOW));

        assertThat(tasks.waiting("t").returns()).isEqualTo(2);
        started(SECOND);
        assertRefused(SLOW);
    }

    private void started(Caller caller) {
        reports.started(report(), caller);
    }

    private void assertRefused(Caller caller) {
        assertThatThrownBy(() -> started(caller))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("another worker was faster");
    }

    private static TaskStatusApi.Report report() {
        return new TaskStatusApi.Report("t", null, "pulled by agent", true);
    }
}
