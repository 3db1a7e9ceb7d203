// Package version says which build this is.
package version

// Version is set by the linker (-X); a build without it is "unversioned".
var Version = unversioned

const unversioned = "unversioned"
