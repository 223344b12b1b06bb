import { z } from 'zod'
import type { Asking, PartnerDoor } from './partner-door.ts'
import { PartnerFailure } from './partner-failure.ts'
import type { PartnerLimits } from './partner-limits.ts'
import { isTooDeep } from './nesting.ts'

/** Only what leads on is looked at here: each resource is checked by itself. */
const bundleSchema = z.object({
  resourceType: z.literal('Bundle'),
  link: z.array(z.object({ relation: z.string(), url: z.string() })).optional(),
  entry: z
    .array(
      z
        .object({ resource: z.unknown(), search: z.object({ mode: z.string() }).partial().optional() })
        .nullable()
        .catch(null),
    )
    .optional(),
})

/** A resource that has a kind and an id, and about which nothing else is known yet. */
export interface Unchecked {
  readonly resourceType: string
  readonly id: string
}
const uncheckedSchema = z.object({ resourceType: z.string(), id: z.string().regex(/^[A-Za-z0-9.-]{1,64}$/) })

const isResource = (entry: unknown): entry is Unchecked => uncheckedSchema.safeParse(entry).success && !isTooDeep(entry)

export interface Found {
  readonly resources: Unchecked[]
  /** Entries in which there is nothing that could be a resource. */
  readonly unreadable: number
  /** True when there is more at the partner than is taken in. */
  readonly cut: boolean
}

/** How much may still be taken in for one patient. */
export class Allowance {
  #entries: number

  constructor(readonly limits: PartnerLimits) {
    this.#entries = limits.entriesOfPage * limits.pages
  }

  /** So many of these entries as there is room for. */
  take<Entry>(entries: Entry[]): Entry[] {
    const taken = entries.slice(0, Math.min(this.#entries, this.limits.entriesOfPage))
    this.#entries -= taken.length
    return taken
  }
}

/** Reads what a search finds, page by page, as far as is allowed. Where the next page is said to be anywhere else, nobody goes. */
export async function everyPage(
  door: PartnerDoor,
  first: Promise<unknown>,
  allowance: Allowance,
  asking: Asking,
): Promise<Found> {
  const resources: Unchecked[] = []
  let unreadable = 0
  let page = readPage(await first)
  for (let count = 1; ; count += 1) {
    const entries = allowance.take(page.entries)
    for (const entry of entries) {
      if (isResource(entry)) resources.push(entry)
      else unreadable += 1
    }
    if (entries.length < page.entries.length) return { resources, unreadable, cut: true }
    if (page.next === undefined) return { resources, unreadable, cut: false }
    if (count === allowance.limits.pages) return { resources, unreadable, cut: true }
    page = readPage(await door.read(page.next, asking))
  }
}

function readPage(body: unknown): { entries: unknown[]; next: string | undefined } {
  const { data, error } = bundleSchema.safeParse(body)
  if (error) throw new PartnerFailure('NOT_FHIR')
  const { entry = [], link = [] } = data
  return {
    // What the server says about the search itself is no record.
    entries: entry.filter((it) => it?.search?.mode !== 'outcome').map((it) => it?.resource),
    next: link.find(({ relation }) => relation === 'next')?.url,
  }
}
