// Package cloud turns what a cloud's API says of its networks into facts: which
// subnets there are, which way their routes lead, and what stands behind the
// addresses. It is pure: JSON objects in, facts and gaps out. Who reads the API,
// and when, is the affair of the packages awsapi and watch.
//
// The objects are Amazon's, in the form that `aws ec2 describe-... --output json`
// prints: what was saved and what is read live take one way.
package cloud
