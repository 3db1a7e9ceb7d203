// Package transferclass decides which charges a transfer causes: it turns what
// is known of one transfer into rows of the providers' decision tables, in the
// order in which the charges arise along the way. It knows no price.
//
// Rule ids (A1 ... A27 for AWS, G1 ... G12 for Google Cloud, Z1 ... Z10 for
// Azure) are explained in docs/formats/pricebook.md. Classify is total: a
// transfer that no rule covers gets a reason instead of a charge, never a zero.
package transferclass
