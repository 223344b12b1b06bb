import { cursorInstant, decodeCursor } from '../runtime/page.ts'
import { badInput } from '../runtime/problem.ts'

/** What a cursor says of a list that is ordered by an instant, and by id. */
export function instantAndId(cursor: string): [at: Date, id: string] {
  const [milliseconds, id] = decodeCursor(cursor)
  if (typeof id !== 'string') throw badInput('after: use the endCursor of the page before, unchanged.')
  return [cursorInstant(milliseconds), id]
}
