// Package pieces is the packed form of history: what every edge carried in a
// span of minutes, as one column of bytes. It is pure.
package pieces
