// Package kern is the smallest kernel that every directive can be tried on. The
// corpora beside it are written against this package alone; its bodies are trivial
// and trusted, so that what a corpus shows is the analyzer's reading of the
// directives and of the corpus, never of a simulation.
package kern
