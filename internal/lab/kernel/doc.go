// Package kernel holds the Linux parts that the lab is made of: network
// namespaces with their links, routes and nftables rules, cgroup v2 folders,
// and processes started inside both. It knows nothing of pods or clouds.
//
// Everything it makes is found again by name, so that what one process left
// behind can be removed by the next one.
package kernel
