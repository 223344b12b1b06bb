import type { RecordAccessPageFragment } from '#lib/graph/index.ts'
import { type Access, newestFirst, type Part, parts, type Spot, timeOf } from './looks.ts'
import type { Place } from './place.ts'

/** Asks for the next rows of some of the lists at once, each after its cursor. */
export type AskForAccesses = (
  after: Partial<Record<Part, string | null>>,
) => Promise<Partial<Record<Part, RecordAccessPageFragment>>>

interface List {
  rows: Access[]
  ended: boolean
  /** Where reading can begin again, and how old the rows are that were read until there. */
  marks: [Mark, ...Mark[]]
}
interface Mark {
  cursor: string | null
  at: number
}

/** The lists of all parts of a record, as far as they have been read from a place on. */
export class AccessLists {
  readonly #before: Spot | undefined
  readonly #lists: Record<Part, List>

  constructor({ before, after }: Place) {
    this.#before = before
    const from = (cursor: string | null): List => ({ rows: [], ended: false, marks: [{ cursor, at: Infinity }] })
    this.#lists = {
      details: from(after.details),
      appointments: from(after.appointments),
      documents: from(after.documents),
    }
  }

  /** Until when everything is known: no row is missing that is newer than this. */
  get knownUntil(): number {
    return Math.max(
      -Infinity,
      ...Object.values(this.#lists).map((list) => (list.ended ? -Infinity : lastMark(list).at)),
    )
  }

  /** The rows after the place, in no order. */
  get rows(): Access[] {
    const all = Object.values(this.#lists).flatMap(({ rows }) => rows)
    const before = this.#before
    return before ? all.filter((row) => newestFirst(before, row) < 0) : all
  }

  /** Reads on in those lists that know least. */
  async readOn(ask: AskForAccesses): Promise<void> {
    const { knownUntil } = this
    const behind = parts.filter((part) => !this.#lists[part].ended && lastMark(this.#lists[part]).at === knownUntil)
    const answer = await ask(Object.fromEntries(behind.map((part) => [part, lastMark(this.#lists[part]).cursor])))
    for (const part of behind) take(this.#lists[part], part, answer[part])
  }

  /** The place after a row; none when nothing follows. Whatever has not been read yet follows a row that has. */
  placeAfter(last: Spot): Place | undefined {
    if (this.rows.every((row) => newestFirst(last, row) >= 0)) return undefined
    const after = (part: Part) => this.#lists[part].marks.findLast(({ at }) => at > timeOf(last))?.cursor ?? null
    return {
      before: { at: last.at, id: last.id },
      after: { details: after('details'), appointments: after('appointments'), documents: after('documents') },
    }
  }
}

const lastMark = ({ marks }: List): Mark => marks.at(-1) ?? marks[0]

function take(list: List, part: Part, page: RecordAccessPageFragment | undefined): void {
  const last = page?.nodes.at(-1)
  if (page && last) {
    // Should the clock ever have been put back, the order of the list is the truth, and its times are made to fit.
    for (const node of page.nodes) {
      const previous = list.rows.at(-1)
      const at = previous && timeOf(previous) < timeOf(node) ? previous.at : node.at
      list.rows.push({ ...node, at, part })
    }
    list.marks.push({ cursor: page.pageInfo.endCursor, at: timeOf(list.rows.at(-1) ?? last) })
  }
  list.ended = !last || !page?.pageInfo.hasNextPage
}
