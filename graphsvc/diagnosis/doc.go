// Package diagnosis says why a cost changed. It is pure: two periods and the
// facts of the time go in; the change comes out split exactly into volume, path
// mix, price and tier, drilled down to what carries it, with candidate causes
// ranked by evidence. "Not found" is an answer.
package diagnosis
