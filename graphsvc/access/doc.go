// Package access says who asks and what they may see. It decides nothing about
// how somebody proved who they are (package signin) and nothing about what the
// stores hold (package query): it is the vocabulary between the two.
package access
