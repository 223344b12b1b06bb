import type { RecordAccessPageFragment } from '#lib/graph/index.ts'

/** The parts of a record. Each keeps a list of its own of who looked at it. */
export const parts = ['details', 'appointments', 'documents'] as const
export type Part = (typeof parts)[number]

/** One row of one of the lists. */
export type Access = RecordAccessPageFragment['nodes'][number] & { part: Part }

/** Where a row stands among all rows. */
export type Spot = Pick<Access, 'at' | 'id'>

/** All rows of one request, the newest first. */
export type RequestRows = [Access, ...Access[]]

/** One request of somebody who looked, over all parts of the record. */
export interface Look extends Pick<Access, 'id' | 'at' | 'organisation' | 'person' | 'personRole'> {
  /** What was seen, as the graph names it, in each part of the record where something was. */
  seen: { part: Part; things: string[] }[]
}

/** The graph gives up on a request after 9 seconds: rows that lie further apart are of two, whatever id they have. */
export const MOST_BETWEEN_MS = 30_000

/** The order of all rows, the newest first. Those of one moment are in the order of their ids, in every list alike. */
export function newestFirst(one: Spot, other: Spot): number {
  if (one.id === other.id) return 0
  return timeOf(other) - timeOf(one) || (one.id < other.id ? 1 : -1)
}

/** Puts together what belongs to one request: the same id, by the same person, at about the same time. */
export function requestsIn(rows: readonly Access[]): RequestRows[] {
  const requests: RequestRows[] = []
  const latest = new Map<string, RequestRows>()
  for (const row of rows.toSorted(newestFirst)) {
    // An id that comes again, or from somebody else, must not hide a look behind another.
    const key = JSON.stringify([row.requestId, row.organisation, row.person, row.personRole])
    const request = latest.get(key)
    if (request && timeOf(oldestOf(request)) - timeOf(row) <= MOST_BETWEEN_MS) request.push(row)
    else {
      const another: RequestRows = [row]
      requests.push(another)
      latest.set(key, another)
    }
  }
  return requests
}

/** How a request is shown. */
export function lookOf(rows: RequestRows): Look {
  const [{ id, at, organisation, person, personRole }] = rows
  const byPart = Map.groupBy(rows, ({ part }) => part)
  const seen = parts.flatMap((part) => {
    const things = byPart.get(part)?.flatMap((row) => row.things)
    return things ? [{ part, things: [...new Set(things)] }] : []
  })
  return { id, at, organisation, person, personRole, seen }
}

/** The oldest row of a request. */
export const oldestOf = (rows: RequestRows): Access => rows.at(-1) ?? rows[0]

export const timeOf = ({ at }: Spot): number => Date.parse(at)
