// Package decision is what people decide about what Egressor shows: that an
// incident is looked into, that a recommendation is not followed, which views are
// kept. A decision is a record that is added to those before it; what holds now
// is worked out from all of them.
package decision
