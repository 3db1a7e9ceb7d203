// Package awsapi reads a cloud inventory from Amazon's API, one account and region
// at a time. It is the only importer of Amazon's SDK, and holds no decision: every
// answer goes, as JSON, the way that a saved one goes.
package awsapi
