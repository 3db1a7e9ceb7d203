// Package incidentgen makes clusters with traffic, and incidents in them, from a
// seed: what the incident bench is measured on. It knows nothing of how incidents
// are found. A cluster has 50 to 2,000 workloads in three zones, daily and weekly
// seasons, noise, drift, bursts, nightly batches, and deployments that change
// nothing; an incident has a known cause, minute and cost.
package incidentgen
