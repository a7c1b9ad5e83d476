"""The process in which dbt runs: it prepares at once, builds when asked to, ends with its starter.

`python -P -m flows.dbt_process --project-dir … …` with a pipe as its standard input. Importing dbt
and reading the project takes seconds and needs no data, nor does the SQL of its models, so a run
starts this process first and lands files meanwhile. One byte through the pipe starts the build.

A run that is killed cannot stop its dbt, and dbt would go on writing the warehouse for nobody. The
pipe closes with the run, however that ends, and this process ends with it; unlike a death signal
that works on every system, and does not depend on the thread that started the process.

Until dbt has ended it also keeps the run's lock, whose file it inherits
(`flows/warehouse/dbt_ready.py`).

What stands here is what its starter must know as well.
"""

LOG_NAME = "dbt.log"
# names a file of dbt with the project as a run read it
PROJECT_OF_A_RUN = "CSP_PROJECT_OF_A_RUN"
# names the folder of the project as read and made into SQL before, where it may be kept
KEPT_PROJECT = "CSP_KEPT_PROJECT"
