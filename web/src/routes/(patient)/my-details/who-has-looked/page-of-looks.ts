import { AccessLists, type AskForAccesses } from './access-lists.ts'
import {
  type Look,
  lookOf,
  MOST_BETWEEN_MS,
  newestFirst,
  oldestOf,
  requestsIn,
  type RequestRows,
  type Spot,
  timeOf,
} from './looks.ts'
import type { Place } from './place.ts'

/** So many looks are on a page, or a few more. */
const LOOKS_ON_A_PAGE = 20
/** Nobody looks so often that this is not enough. Who makes it seem so gets a long page, and no endless question. */
const MOST_ROUNDS = 10

/** Who looked, the newest first, and where what is older begins. */
export interface PageOfLooks {
  looks: Look[]
  older: Place | undefined
}

/**
 * Merges the lists of all parts of a record, from a place on. They are read until the requests of the page are known as a
 * whole, which nearly always is one question; the page ends where no request goes on after it.
 */
export async function pageOfLooks(place: Place, ask: AskForAccesses): Promise<PageOfLooks> {
  const lists = new AccessLists(place)
  for (let round = 1; ; round += 1) {
    await lists.readOn(ask)
    const { rows, knownUntil } = lists
    const requests = requestsIn(rows)
    const isWhole = knownUntil === -Infinity
    if (isWhole && requests.length <= LOOKS_ON_A_PAGE) return { looks: requests.map(lookOf), older: undefined }
    const end = endOfPage(requests, knownUntil) ?? (round < MOST_ROUNDS ? undefined : justBefore(knownUntil))
    if (!end) continue
    const shown = rows.filter((row) => newestFirst(row, end) <= 0)
    return { looks: requestsIn(shown).map(lookOf), older: lists.placeAfter(end) }
  }
}

/** The last row of a page, with which all requests of the page are over. None as long as too little is known. */
function endOfPage(requests: readonly RequestRows[], knownUntil: number): Spot | undefined {
  let end: Spot | undefined
  for (const [index, rows] of requests.entries()) {
    const oldest = oldestOf(rows)
    if (timeOf(oldest) - MOST_BETWEEN_MS <= knownUntil) return undefined
    end = end && newestFirst(end, oldest) > 0 ? end : oldest
    const next = requests[index + 1]?.[0]
    if (index + 1 >= LOOKS_ON_A_PAGE && (!next || newestFirst(end, next) < 0)) return end
  }
  return undefined
}

/** Before all rows of a moment, whatever their ids. */
const justBefore = (moment: number): Spot => ({ at: new Date(moment).toISOString(), id: '~' })
