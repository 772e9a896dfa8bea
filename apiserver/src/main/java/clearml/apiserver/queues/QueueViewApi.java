package clearml.apiserver.queues;

import clearml.apiserver.call.ApiCall;
import clearml.apiserver.call.ApiController;
import clearml.apiserver.call.Caller;
import clearml.apiserver.call.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** What the web UI shows and does beyond lists: charts, the queue of a task, and moving a task to another queue. */
@ApiController
class QueueViewApi {

    private final QueueCharts charts;
    private final QueueTransfer transfer;

    QueueViewApi(QueueCharts charts, QueueTransfer transfer) {
        this.charts = charts;
        this.transfer = transfer;
    }

    record GetQueueMetrics(
            @Field(required = true, min = 0) double fromDate,
            @Field(required = true, min = 0) double toDate,
            @Field(required = true, min = 1) long interval,
            List<String> queueIds,
            boolean refresh,
            boolean searchHidden) {}

    record MoveToQueue(
            @Field(required = true) String queue,
            @Field(required = true) String task,
            @Field(required = true) String targetQueue,
            @Field(or = "true") @Nullable Boolean updateExecutionQueue) {}

    record ByTask(@Field(required = true) String task) {}

    /**
     * Length and waiting time (s) over time, by queue if some are named, else of all together: {@code {"queues": [{"queue",
     * "dates", "avg_waiting_times", "queue_lengths"}]}}. Dates are in s in the request, in ms in the answer. 400/16 when the
     * range ends before it begins.
     */
    @ApiCall(value = "queues.get_queue_metrics", since = "2.4")
    Map<String, Object> getQueueMetrics(GetQueueMetrics request, Caller caller) {
        QueueCharts.Wanted wanted = new QueueCharts.Wanted(
                request.fromDate(),
                request.toDate(),
                request.interval(),
                request.queueIds(),
                request.refresh(),
                request.searchHidden());
        return Map.of(
                "queues",
                charts.of(wanted, caller.company()).stream()
                        .map(QueueSeries::answer)
                        .toList());
    }

    /** Moves a task to the end of another queue: {@code {"moved": 1}}; 400/701, 400/703. Its status stays. */
    @ApiCall("queues.move_task_to_queue")
    Map<String, Object> moveTaskToQueue(MoveToQueue request, Caller caller) {
        transfer.move(
                request.task(),
                request.queue(),
                request.targetQueue(),
                !Boolean.FALSE.equals(request.updateExecutionQueue()),
                caller.company());
        return Map.of("moved", 1);
    }

    /** The queue that a task waits in: {@code {"id", "name", "display_name"}}; 400/703 when it is in none. */
    @ApiCall("queues.get_by_task_id")
    Map<String, Object> getByTaskId(ByTask request, Caller caller) {
        Document queue = transfer.holding(request.task(), caller.company());
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", queue.get("_id"));
        answer.put("name", queue.get("name"));
        if (queue.get("display_name") != null) {
            answer.put("display_name", queue.get("display_name"));
        }
        return answer;
    }
}
