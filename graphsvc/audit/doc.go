// Package audit keeps who asked for what, when and with what outcome. Entries
// wait in a bounded queue and are written every second and at the stop, so that
// no question waits for the store; a full queue holds the asker up instead of
// forgetting, for a moment, and what is forgotten after that is counted.
package audit
