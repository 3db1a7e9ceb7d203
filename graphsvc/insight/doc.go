// Package insight follows the graph's versions: each new minute goes through the
// baseline; what deviates becomes an incident, is explained from the facts of the
// time, and stored in the graph; now and then the last days are searched for what
// could be cheaper. It holds no arithmetic: what is normal is package baseline's,
// why is diagnosis', what if is whatif's.
package insight
