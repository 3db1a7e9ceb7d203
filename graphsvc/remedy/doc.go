// Package remedy says what to do about an incident and how to undo that, by its
// likeliest cause. It is pure, and made from the record alone, so that old
// incidents have it too. Commands name what the record names; who runs them is a
// person.
package remedy
