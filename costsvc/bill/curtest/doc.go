// Package curtest makes a month of traffic and the AWS bill for it. It is
// written from AWS's documents and imports nothing of Egressor, so that the bill
// is a second opinion and not the engine's own.
package curtest
