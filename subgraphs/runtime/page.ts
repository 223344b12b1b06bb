import { Field, ObjectType } from 'type-graphql'
import { Directive } from 'type-graphql'
import { Auth, everyone } from './auth.ts'
import { badInput } from './problem.ts'

/** Where a page of a list ends. */
@Directive('@shareable')
@ObjectType({ description: 'Where a page of a list ends.' })
export class PageInfo {
  @Auth(everyone)
  @Field(() => Boolean, { description: 'True when there is more after this page.' })
  hasNextPage!: boolean

  @Auth(everyone)
  @Field(() => String, {
    nullable: true,
    description: 'Pass it as `after` to get the next page. Null on an empty page.',
  })
  endCursor!: string | null
}

export const largestPage = 50

/** The size asked for, or BAD_USER_INPUT when it is not 1 to 50. */
export function pageSize(first: number): number {
  if (first < 1 || first > largestPage) throw badInput(`first: ask for 1 to ${largestPage} at a time.`)
  return first
}

/** Cuts a list that was read one longer than the page into nodes and page info. */
export function page<Row>(
  rows: Row[],
  first: number,
  cursor: (row: Row) => string,
): { nodes: Row[]; pageInfo: PageInfo } {
  const nodes = rows.slice(0, first)
  const last = nodes.at(-1)
  return { nodes, pageInfo: { hasNextPage: rows.length > first, endCursor: last === undefined ? null : cursor(last) } }
}

/** A cursor is opaque to clients: the values of the sort order, in order. */
export const encodeCursor = (...values: (string | number)[]) =>
  Buffer.from(JSON.stringify(values)).toString('base64url')

const notOurs = 'after: use the endCursor of the page before, unchanged.'

/** The values of a cursor made by `encodeCursor`, or BAD_USER_INPUT when it was not. */
export function decodeCursor(cursor: string): (string | number)[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(values) && values.every(canBeStored)) return values
  } catch {
    // Falls through: whatever it is, it is not one of ours.
  }
  throw badInput(notOurs)
}

/** PostgreSQL knows no text with the character 0. */
const canBeStored = (value: unknown): value is string | number =>
  typeof value === 'number' || (typeof value === 'string' && !value.includes('\0'))

const [firstInstant, lastInstant] = [Date.parse('0001-01-01T00:00:00.000Z'), Date.parse('9999-12-31T23:59:59.999Z')]

/** An instant in a cursor, or BAD_USER_INPUT: the years 1 to 9999 are what both databases can hold and compare. */
export function cursorInstant(milliseconds: string | number | undefined): Date {
  const at = new Date(typeof milliseconds === 'number' ? milliseconds : NaN)
  if (!(+at >= firstInstant && +at <= lastInstant)) throw badInput(notOurs)
  return at
}

/** What a cursor says of a list that is ordered by an instant, and by id. */
export function instantAndId(cursor: string): [at: Date, id: string] {
  const [milliseconds, id] = decodeCursor(cursor)
  if (typeof id !== 'string') throw badInput(notOurs)
  return [cursorInstant(milliseconds), id]
}

const largestNumber = 2 ** 31 - 1

/** How far each of several lists was read that are shown as one: by its name, the number of the last row shown. */
export const encodePlaces = (places: ReadonlyMap<string, number>) => encodeCursor(...[...places].flat())

/** What a cursor made by `encodePlaces` says; of no cursor, that nothing was read yet. */
export function placesIn(cursor: string | undefined): Map<string, number> {
  const values = cursor === undefined ? [] : decodeCursor(cursor)
  const places = new Map<string, number>()
  for (let index = 0; index < values.length; index += 2) {
    const [name, number] = [values[index], values[index + 1]]
    if (typeof name !== 'string' || !isRowNumber(number)) throw badInput(notOurs)
    places.set(name, number)
  }
  return places
}

const isRowNumber = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= largestNumber
