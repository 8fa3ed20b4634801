// Package directives finds directives that do not mean what their author believes.
//
// Every verdict rests on directives, so a directive that says nothing, or the wrong
// thing, is a finding itself.
//
//   - bad-directive: it is misspelt, misplaced, contradictory, without the reason that
//     it needs, about something that its words do not fit, or it says less than the
//     body does.
//   - unused-ignore: an ignore directive has expired, or (in the whole program only)
//     matched nothing.
//
// Neither can be ignored.
package directives
