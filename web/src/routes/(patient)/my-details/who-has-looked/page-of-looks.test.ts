import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { AskForAccesses } from './access-lists.ts'
import { type Access, type Look, newestFirst, type Part, parts } from './looks.ts'
import { pageOfLooks } from './page-of-looks.ts'
import { addressOf, type Place, placeIn } from './place.ts'

const noon = Date.parse('2026-11-23T12:00:00Z')
let ids = 0

/** A row, so many seconds before noon. What was seen is called after the row, so that it is found again in a look. */
function row(seconds: number, facts: Partial<Access> = {}): Access {
  const id = `row-${(ids += 1)}`
  const at = new Date(noon - seconds * 1000).toISOString()
  const who = { organisation: 'Royal Free', person: 'a.clinician', personRole: 'Consultant' }
  return { id, at, part: 'appointments', requestId: `request-${id}`, ...who, things: [id], ...facts }
}

/** The graph, with so many rows on a page of a list; its cursors say how many rows came before. */
function graphOf(inAnyOrder: readonly Access[], size = 50) {
  return graphThatKept(inAnyOrder.toSorted(newestFirst), size)
}

/** The graph, with rows in the order in which they were kept, the last first. */
function graphThatKept(rows: readonly Access[], size = 50) {
  const questions: string[][] = []
  const lists = Map.groupBy(rows, ({ part }) => part)
  const ask: AskForAccesses = (after) => {
    questions.push(Object.keys(after))
    const answers = Object.entries(after).map(([part, cursor]) => {
      const all = lists.get(part as Part) ?? []
      const nodes = all.slice(Number(cursor ?? 0), Number(cursor ?? 0) + size)
      const endCursor = nodes.length ? String(Number(cursor ?? 0) + nodes.length) : null
      return [part, { nodes, pageInfo: { endCursor, hasNextPage: Number(endCursor ?? all.length) < all.length } }]
    })
    return Promise.resolve(Object.fromEntries(answers) as Awaited<ReturnType<AskForAccesses>>)
  }
  return { ask, questions }
}

/** All pages, as somebody sees them who follows every link. */
async function allPages(ask: AskForAccesses): Promise<Look[][]> {
  const pages: Look[][] = []
  let place: Place | undefined = placeIn(new URLSearchParams())
  while (place) {
    const { looks, older } = await pageOfLooks(place, ask)
    pages.push(looks)
    expect(pages.length, 'pages that never end').toBeLessThan(200)
    // The place travels in an address.
    place = older && placeIn(new URL(addressOf(older), 'http://portal.test').searchParams)
  }
  return pages
}

const rowsIn = (looks: Look[]) => looks.flatMap(({ seen }) => seen.flatMap(({ things }) => things))
const counts = (pages: Look[][]) => pages.map(({ length }) => length)

it('shows one request as one look, whatever parts of the record it was about', async () => {
  const requestId = 'one'
  const things = [
    row(3, { requestId, part: 'details', things: ['Patient'] }),
    row(2, { requestId, part: 'appointments', things: ['Appointment'] }),
    row(1, { requestId, part: 'documents', things: ['TestResult', 'OutcomeLetter'] }),
    row(1.5, { requestId, part: 'documents', things: ['TestResult', 'DocumentPdf'] }),
  ]
  const { ask, questions } = graphOf(things)
  const [[look, ...more] = []] = await allPages(ask)
  expect(more).toEqual([])
  expect(look).toMatchObject({ at: '2026-11-23T11:59:59.000Z', organisation: 'Royal Free', person: 'a.clinician' })
  expect(look?.seen).toEqual([
    { part: 'details', things: ['Patient'] },
    { part: 'appointments', things: ['Appointment'] },
    { part: 'documents', things: ['TestResult', 'OutcomeLetter', 'DocumentPdf'] },
  ])
  expect(questions).toEqual([[...parts]])
})

it('hides no look behind another that came with the same id', async () => {
  const requestId = 'always-the-same'
  const same = [0, 60, 86_400].map((seconds) => row(seconds, { requestId }))
  const another = row(1, { requestId, person: 'b.clerk' })
  expect(counts(await allPages(graphOf([...same, another]).ask))).toEqual([4])
})

it('goes on with the older looks where a page ended', async () => {
  const rows = Array.from({ length: 130 }, (_, index) => row(index * 60, { part: parts[index % 3] ?? 'details' }))
  const pages = await allPages(graphOf(rows).ask)
  expect(counts(pages)).toEqual([20, 20, 20, 20, 20, 20, 10])
  expect(rowsIn(pages.flat())).toEqual(rows.map(({ id }) => id))
})

it('shows nobody who looked only long ago before those who looked since', async () => {
  const often = Array.from({ length: 120 }, (_, index) => row(index * 60, { part: 'documents' }))
  const longAgo = [row(7_000_000, { part: 'details' }), row(8_000_000, { part: 'details' })]
  const pages = await allPages(graphOf([...often, ...longAgo]).ask)
  expect(rowsIn(pages.flat())).toEqual([...often, ...longAgo].map(({ id }) => id))
})

it('shows nothing older before all that is newer is known, and reads on only where it is not', async () => {
  const thrice = (index: number) =>
    [0, 1, 2].map((more) => row(index * 60 + more, { part: 'documents', requestId: `r${index}` }))
  const often = Array.from({ length: 25 }, (_, index) => thrice(index)).flat()
  const before = Array.from({ length: 60 }, (_, index) => row(10_000 + index * 60, { part: 'details' }))
  const { ask, questions } = graphOf([...often, ...before])
  const pages = await allPages(ask)
  expect(counts(pages)).toEqual([20, 20, 20, 20, 5])
  expect(rowsIn(pages.flat())).toEqual([...often, ...before].map(({ id }) => id))
  expect(questions.slice(0, 2)).toEqual([[...parts], ['documents']])
})

it('keeps a request whole that lies across the end of a page, and of what one question answers', async () => {
  for (const between of [19, 20, 49, 50, 51, 99, 100]) {
    const rows = Array.from({ length: 120 }, (_, index) => row(index * 60))
    const requestId = 'across'
    const at = between * 60 - 30
    const across = [
      row(at, { requestId, part: 'documents' }),
      row(at + 8, { requestId }),
      row(at - 8, { requestId, part: 'details' }),
    ]
    const pages = await allPages(graphOf([...rows, ...across]).ask)
    expect(counts(pages).reduce((sum, count) => sum + count)).toBe(121)
    const look = pages.flat().find(({ id }) => id === across[2]?.id)
    expect(rowsIn(look ? [look] : [])).toHaveLength(3)
  }
})

it('reads on when the last request of a page may go on in what was not read', async () => {
  const rows = Array.from({ length: 48 }, (_, index) => row(index, { requestId: `r${index % 16}`, part: 'documents' }))
  const others = [100, 200, 300].map((seconds) => row(seconds))
  const last = [2_000, 2_008].map((seconds) => row(seconds, { requestId: 'last', part: 'documents' }))
  const between = row(2_004, { part: 'documents' })
  const pages = await allPages(graphOf([...rows, ...others, ...last, between, row(3_000)]).ask)
  expect(counts(pages)).toEqual([21, 1])
})

it('does not cut between two requests that were answered at the same time', async () => {
  const rows = Array.from({ length: 18 }, (_, index) => row(index * 60))
  const twice = (requestId: string, one: number, other: number) => [row(one, { requestId }), row(other, { requestId })]
  const chain = [...twice('one', 2_000, 2_005), ...twice('two', 2_003, 2_008), ...twice('three', 2_006, 2_011)]
  expect(counts(await allPages(graphOf([...rows, ...chain, row(3_000)]).ask))).toEqual([21, 1])
  const within = [...twice('one', 2_000, 2_020), ...twice('two', 2_003, 2_006), row(2_015)]
  expect(counts(await allPages(graphOf([...rows, ...within, row(3_000)]).ask))).toEqual([21, 1])
})

it('loses nothing of somebody who looks without end under one id, and gives them long pages', async () => {
  const flood = Array.from({ length: 1_200 }, (_, index) => row(index, { requestId: 'flood' }))
  const pages = await allPages(graphOf(flood).ask)
  expect(rowsIn(pages.flat()).sort()).toEqual(flood.map(({ id }) => id).sort())
  expect(counts(pages)).toEqual([1, 1, 1])
})

it('loses nothing when the clock was put back', async () => {
  const times = Array.from({ length: 150 }, (_, index) => (index < 75 ? index * 60 : index * 60 - 3_000))
  const rows = times.map((seconds, index) => row(seconds, { part: index % 4 ? 'documents' : 'appointments' }))
  const shown = rowsIn((await allPages(graphThatKept(rows).ask)).flat())
  expect(shown.toSorted()).toEqual(rows.map(({ id }) => id).sort())
})

const request = fc.record({
  seconds: fc.integer({ min: 0, max: 4_000 }),
  rows: fc.array(fc.record({ part: fc.constantFrom(...parts), later: fc.integer({ min: 0, max: 9 }) }), {
    minLength: 1,
    maxLength: 4,
  }),
})

it('loses no look and shows none twice, wherever the pages end', async () => {
  const history = fc.array(request, { maxLength: 90 })
  await fc.assert(
    fc.asyncProperty(history, fc.integer({ min: 1, max: 50 }), async (requests, size) => {
      const rows = requests.flatMap((it, index) =>
        it.rows.map(({ part, later }) => row(it.seconds - later, { part, requestId: `request-${index}` })),
      )
      const looks = (await allPages(graphOf(rows, size).ask)).flat()
      expect(rowsIn(looks).sort()).toEqual(rows.map(({ id }) => id).sort())
      expect(looks).toEqual([...looks].sort(newestFirst))
      // So small a page of a list as the graph never has may cut a request in two; one that is not small never does.
      if (size >= 20) expect(looks).toHaveLength(requests.length)
    }),
    { numRuns: 300 },
  )
})
