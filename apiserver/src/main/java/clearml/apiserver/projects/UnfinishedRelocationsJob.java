package clearml.apiserver.projects;

import clearml.apiserver.jobs.Job;
import clearml.apiserver.jobs.Lease;
import clearml.apiserver.jobs.Schedule;
import java.time.Duration;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Finishes the renaming of a branch of projects whose server has died, if nobody changes the tree before. */
@Component
class UnfinishedRelocationsJob implements Job {

    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final ProjectBranches branches;
    private final ProjectTreeLock lock;

    UnfinishedRelocationsJob(ProjectBranches branches, ProjectTreeLock lock) {
        this.branches = branches;
        this.lock = lock;
    }

    @Override
    public String name() {
        return "unfinished-relocations";
    }

    @Override
    public Schedule schedule() {
        return new Schedule(true, Duration.ZERO, PAUSE);
    }

    @Override
    public long run(Lease lease) {
        Set<String> companies = branches.begun();
        companies.forEach(lock::settle);
        return companies.size();
    }
}
