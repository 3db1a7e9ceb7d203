// Package alert tells others of incidents: a webhook with the incident as JSON, a
// message in Slack's form, an alert for Alertmanager's API (v2), and a Kubernetes
// event on the workload that it is about. Each incident is told once when it
// begins and once when it ends, under one key that the receivers de-duplicate by,
// with a link to it.
package alert
