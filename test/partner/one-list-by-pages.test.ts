import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines, patient } from '../alone.ts'
import { aLetter as ownLetter } from '../hospital-documents.ts'
import { portalWithPartners, type PortalWithPartners, sourceAt } from './portal-with-partners.ts'
import { aLetter, aPatient, aSummary } from './records.ts'
import { answering, type ScriptedPartner, startScriptedPartner } from './scripted-partner.ts'

/** Few moments, so that many documents share one, of both hospitals. */
const moments = Array.from({ length: 5 }, (_, index) => new Date(Date.parse('2026-11-16T12:00:00Z') + index * 3600_000))
const moment = fc.constantFrom(...moments)
const theirs = fc.record({ writtenAt: moment, form: fc.constantFrom('letter', 'summary') })
const written = {
  own: fc.array(moment, { maxLength: 10 }),
  theirs: fc.array(theirs, { maxLength: 10 }),
  first: fc.integer({ min: 1, max: 7 }),
}

interface Page {
  readonly nodes: { readonly id: string }[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  readonly totalCount: number
  readonly sources: { readonly status: string }[]
}
const list = `query ($first: Int!, $after: String) { documents(first: $first, after: $after) {
  nodes { id } pageInfo { hasNextPage endCursor } totalCount sources { status } } }`

describe.each(engines)('the one list of two hospitals, page by page, on %s', (engine) => {
  let partner: ScriptedPartner
  let portal: PortalWithPartners
  beforeAll(async () => {
    partner = await startScriptedPartner()
    // It fails in many of these lists, and is asked again in the next.
    portal = await portalWithPartners([sourceAt(partner)], { failuresToOpen: 10_000 }, { engine })
  })
  afterAll(async () => {
    await portal.stop()
    await partner.stop()
  })

  /** What both hospitals wrote of one person: when, by id. */
  async function write(own: Date[], theirs: { writtenAt: Date; form: string }[]) {
    await portal.sql('delete from document')
    await portal.sql('delete from partner_copy')
    const em = portal.fork()
    const rows = own.map((writtenAt) => ownLetter(em, { patientId: 'p-1', writtenAt }))
    await em.flush()
    const elsewhere = theirs.map(({ writtenAt, form }, index) => {
      const facts = { id: `${index}`, date: writtenAt.toISOString() }
      return form === 'letter' ? aLetter(facts) : aSummary(facts)
    })
    partner.answer = answering([aPatient(), ...elsewhere])
    const idThere = (index: number) => `RAL.${elsewhere[index]?.resourceType}.${index}`
    return {
      own: new Map(rows.map(({ id, writtenAt }) => [id, writtenAt])),
      theirs: new Map(theirs.map(({ writtenAt }, index) => [idThere(index), writtenAt])),
    }
  }

  async function page(first: number, after: string | null): Promise<Page> {
    const { data, errors } = await portal.ask(patient('p-1'), list, { first, after })
    if (errors) throw new Error(JSON.stringify(errors))
    return data?.documents as unknown as Page
  }

  /** The ids of all pages, in order; `between` is done after each, with how many there were so far. */
  async function allPages(first: number, between: (pages: number) => Promise<void> = () => Promise.resolve()) {
    const seen: string[] = []
    let after: string | null = null
    for (let pages = 1; pages <= 20; pages++) {
      const { nodes, pageInfo }: Page = await page(first, after)
      seen.push(...nodes.map(({ id }) => id))
      expect(nodes.length).toBeLessThanOrEqual(first)
      if (!pageInfo.hasNextPage) return seen
      expect(nodes).toHaveLength(first)
      after = pageInfo.endCursor
      await between(pages)
    }
    throw new Error('the pages do not end')
  }

  const isNewestFirst = (ids: string[], when: ReadonlyMap<string, Date>) => {
    const times = ids.map((id) => when.get(id)?.getTime() ?? Number.NaN)
    expect(times).toEqual([...times].sort((one, other) => other - one))
  }

  it('skips nothing, and shows nothing twice, the newest first', { timeout: 120_000 }, async () => {
    const property = fc.asyncProperty(written.own, written.theirs, written.first, async (own, theirs, first) => {
      const known = await write(own, theirs)
      const when = new Map([...known.own, ...known.theirs])
      const seen = await allPages(first)
      expect([...seen].sort()).toEqual([...when.keys()].sort())
      isNewestFirst(seen, when)
      const whole = await page(50, null)
      expect(whole.nodes.map(({ id }) => id)).toEqual(seen)
      expect(whole.totalCount).toBe(seen.length)
    })
    await fc.assert(property, { numRuns: 100 })
  })

  it('skips none of our own when the partner is gone between two pages', { timeout: 120_000 }, async () => {
    let timesGone = 0
    const leaves = fc.integer({ min: 1, max: 4 })
    const property = fc.asyncProperty(
      ...[written.own, written.theirs, written.first, leaves],
      async (own, theirs, first, last) => {
        const known = await write(own, theirs)
        const seen = await allPages(first, async (pages) => {
          if (pages !== last) return
          partner.answer = () => ({ status: 400 })
          await portal.sql('delete from partner_copy')
          const gone = await page(first, null)
          expect(gone.sources.map(({ status }) => status)).toEqual(['AVAILABLE', 'UNAVAILABLE'])
          timesGone += 1
        })
        expect(new Set(seen).size).toBe(seen.length)
        expect(seen.filter((id) => known.own.has(id)).sort()).toEqual([...known.own.keys()].sort())
        expect(seen.filter((id) => !known.own.has(id) && !known.theirs.has(id))).toEqual([])
        isNewestFirst(seen, new Map([...known.own, ...known.theirs]))
      },
    )
    await fc.assert(property, { numRuns: 100 })
    expect(timesGone).toBeGreaterThan(20)
  })
})
