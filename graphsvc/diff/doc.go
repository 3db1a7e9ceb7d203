// Package diff compares two states of the transfer graph, exactly: two versions
// of one window, or two windows. Edges and nodes are new, gone, changed or the
// same; rows group them by who sent, who received, where and by which path, and
// every grouping adds up to the same totals.
package diff
