// Package kube watches the API servers of Kubernetes clusters and states what
// it sees as facts: pods and what owns them, rollouts and who made them, nodes,
// services, ways in, namespaces. It is the only importer of client-go, and it
// only reads, but for an EventWriter, where one is asked for.
//
// Each resource has a reflector: a list, then a watch that is resumed from the
// last version seen, and a new list where the server has forgotten that version.
// What is seen goes to a lifetimes.Tracker, which knows when a life began and
// ended; what the tracker states goes to the recorder. A resource that may not
// be read, or a cluster that cannot be reached, is a gap of its own: it is said
// in the log, in the metrics and in Status, and everything else goes on.
package kube
