// Package money counts amounts of money exactly, in integers.
//
// An Amount is a signed 128-bit count of atoms. One atom is one
// nano-currency-unit divided by 2^30 x 5^9. That unit is chosen so that both
// bytes x rate / 2^30 (providers that bill per GiB) and bytes x rate / 10^9
// (providers that bill per GB) are whole numbers of atoms when the rate is a
// whole number of nano-units. Sums are therefore exact and the same in every
// order, and every amount has a finite decimal expansion (at most 39 places).
// Nothing is rounded before it is shown.
//
// The range is about +-81 million million currency units (8.1e13).
package money
