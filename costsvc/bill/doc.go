// Package bill reads a cloud's bill and compares it with Egressor's own charge
// lines: bytes first, then cost, by account, day and charge code. It is pure:
// readers and statements go in, a report comes out.
//
// docs/formats/bill.md describes what is read and what the report says.
package bill
