// Package incidentbench measures detection and diagnosis on generated incidents
// whose cause, minute and cost are known. `make bench-incidents` runs it on seeds
// that were not looked at while the detector was built.
package incidentbench
