// Rollouts of all workloads are asked for by the time that they began.
CREATE INDEX deployment_rolled_out IF NOT EXISTS FOR (d:Deployment) ON (d.rolledOutAt);
