// Package wire is the protocol between agents and graphsvc: the protobuf form
// of a model.Batch, and the digest that names its content. Encode and Decode
// are pure and exact: Decode(Encode(b)) equals b. Hostile bytes give an error,
// in memory bounded by a small multiple of their length.
package wire

//go:generate ./generate.sh
