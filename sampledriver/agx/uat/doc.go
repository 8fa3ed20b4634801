// Package uat is the GPU's page tables, as the unified address translator walks them.
// The driver writes them and the hardware reads them; both agree on this package.
//
// A table is changed in two steps, so that nothing in the second can fail: first the
// caller counts the nodes that are missing and brings as many, then it maps.
package uat
