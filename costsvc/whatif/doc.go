// Package whatif says what a change of the topology would save. It is pure: what
// really moved in the last days goes in, is routed as it would be after the
// change and priced again by the code that priced it the first time; the saving
// is the difference, exactly. Changes are chosen one after another, each on what
// the ones before it left, so that no saving counts twice. Each comes with its
// assumptions, its side effects, the patch that makes it and the one that undoes it.
package whatif
