// Package pricing turns one minute's transfers into charge lines with exact
// amounts. It is pure: a price book, meters and transfers go in, a statement
// and advanced meters come out, and the same input gives the same output
// whatever its order.
//
// Three modes exist. List prices every byte at the first paid tier, without
// allowances: what a byte costs by the price list. Marginal runs the month's
// meters: free allowances first, then tiers; a minute that crosses a border is
// shared among its transfers in proportion, to the byte, by largest remainder.
// Blended prices a closed month again at each pool's cost over its bytes.
package pricing
