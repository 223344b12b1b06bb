import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from 'vitest'
import {
  GraphFault,
  match,
  NotShared,
  PatientAppointmentsDocument,
  PatientLettersDocument,
  PatientResultsDocument,
} from '../../partner.ts'
import { aPortal, say } from '../../testing/a-portal.ts'

const person = { nhsNumber: '9990207852', bornOn: '1996-07-21' }
const upcoming = { ...person, period: 'UPCOMING' as const }
const idsOf = (page: number, size: number) => Array.from({ length: size }, (_, index) => ({ id: `${page}.${index}` }))

let portal: Awaited<ReturnType<typeof aPortal>>
beforeEach(async () => {
  portal = await aPortal()
})
afterEach(() => portal.stop())

/** The portal gives these pages, one for each time it is asked; the last one says what comes after it. */
function givePages(pages: ({ nodes: unknown[]; endCursor: string | null; hasNextPage: boolean } | null)[]) {
  portal.answer = (_, response) => {
    const page = pages[Math.min(portal.asked.length, pages.length) - 1]
    const { nodes, ...pageInfo } = page ?? { nodes: [] }
    const list = { nodes, pageInfo, totalCount: 0 }
    say(response, 200, { data: { patientByNhsNumber: page ? { appointments: list, documents: list } : null } })
  }
}
const page = (number: number, of: number, size = 3) => ({
  nodes: idsOf(number, size),
  endCursor: `c${number}`,
  hasNextPage: number < of,
})
const appointments = (more: object = {}) =>
  portal
    .client()
    .each(PatientAppointmentsDocument, { ...upcoming, ...more }, (data) => data.patientByNhsNumber?.appointments)

/** Megabytes that somebody still holds. */
function heldNow(): number {
  collectGarbage()
  return process.memoryUsage().heapUsed / 1024 / 1024
}

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

async function all(list: AsyncIterable<{ id: string }>): Promise<string[]> {
  const ids: string[] = []
  for await (const { id } of list) ids.push(id)
  return ids
}

describe('a list over several pages', () => {
  it('gives every item once, in order, each page by the cursor before it', async () => {
    givePages([page(1, 4), page(2, 4), { ...page(3, 4), nodes: [] }, page(4, 4, 1)])
    expect(await all(appointments({ first: 3 }))).toEqual(['1.0', '1.1', '1.2', '2.0', '2.1', '2.2', '4.0'])
    expect(portal.asked.map(({ variables }) => variables['after'])).toEqual([undefined, 'c1', 'c2', 'c3'])
    expect(portal.asked.every(({ variables }) => variables['first'] === 3)).toBe(true)
  })

  it('begins where it is told to', async () => {
    givePages([page(1, 1)])
    await all(appointments({ after: 'c7' }))
    expect(portal.asked[0]?.variables['after']).toBe('c7')
  })

  it('asks for a page when the one before is used up, and never again when nobody wants more', async () => {
    givePages([page(1, 9), page(2, 9), page(3, 9)])
    const seen: [string, number][] = []
    for await (const { id } of appointments()) {
      seen.push([id, portal.asked.length])
      if (id === '2.1') break
    }
    expect(seen).toEqual([
      ['1.0', 1],
      ['1.1', 1],
      ['1.2', 1],
      ['2.0', 2],
      ['2.1', 2],
    ])
    expect(portal.asked).toHaveLength(2)
  })

  it('holds one page at a time, however long the list is', async () => {
    const wide = 'x'.repeat(2_000)
    portal.answer = ({ variables }, response) => {
      const number = Number(variables['after'] ?? 0) + 1
      const nodes = idsOf(number, 50).map((node) => ({ ...node, clinician: wide }))
      const pageInfo = { endCursor: String(number), hasNextPage: number < 1_000 }
      say(response, 200, { data: { patientByNhsNumber: { appointments: { nodes, pageInfo, totalCount: 50_000 } } } })
    }
    let count = 0
    let most = 0
    const before = heldNow()
    for await (const { id } of appointments()) {
      count += id ? 1 : 0
      if (count % 5_000 === 0) most = Math.max(most, heldNow() - before)
    }
    expect(count).toBe(50_000)
    // The list is 100 MB of text in all, a page 100 KB.
    expect(most).toBeLessThan(10)
  }, 60_000)

  it.each([
    ['the same cursor again', ['c1', 'c1'], 2],
    ['no cursor', [null], 1],
    ['two in turn', ['a', 'b', 'a', 'b', 'a', 'b', 'a'], 6],
    ['three in turn after some', ['x', 'y', 'a', 'b', 'c', 'a', 'b', 'c', 'a', 'b', 'c', 'a'], 12],
  ])('ends with an error when the graph leads in circles: %s', async (_, cursors, most) => {
    givePages(cursors.map((endCursor) => ({ nodes: [], endCursor, hasNextPage: true })))
    await expect(all(appointments())).rejects.toBeInstanceOf(GraphFault)
    expect(portal.asked.length).toBeLessThanOrEqual(most)
  })

  it('is not an empty list when nobody shares it, nor a short one when they end it on the way', async () => {
    givePages([null])
    await expect(all(appointments())).rejects.toBeInstanceOf(NotShared)
    portal.asked.length = 0
    givePages([page(1, 2), null])
    const seen: string[] = []
    const reading = (async () => {
      for await (const { id } of appointments()) seen.push(id)
    })()
    await expect(reading).rejects.toBeInstanceOf(NotShared)
    expect(seen).toEqual(['1.0', '1.1', '1.2'])
  })

  it('ends with its caller', async () => {
    givePages([page(1, 2)])
    const caller = new AbortController()
    const list = portal
      .client()
      .each(PatientAppointmentsDocument, upcoming, (data) => data.patientByNhsNumber?.appointments, {
        signal: caller.signal,
      })
    await expect(
      (async () => {
        for await (const { id } of list) if (id === '1.2') caller.abort()
      })(),
    ).rejects.toMatchObject({ name: 'AbortError' })
    expect(portal.asked).toHaveLength(1)
  })
})

it('knows the type of every item, and of every kind of document', async () => {
  const letter = { __typename: 'OutcomeLetter', id: 'l-1', title: 'Eye clinic', sections: [{ heading: 'Plan' }] }
  const result = {
    __typename: 'TestResult',
    id: 'r-1',
    title: 'Full blood count',
    observations: [{ name: 'Haemoglobin' }],
  }
  givePages([{ nodes: [letter, result], endCursor: null, hasNextPage: false }])
  const client = portal.client()
  const headings: string[] = []
  for await (const document of client.each(PatientLettersDocument, person, (it) => it.patientByNhsNumber?.documents)) {
    expectTypeOf(document.title).toEqualTypeOf<string>()
    if (document.__typename !== 'TestResult') headings.push(...document.sections.map(({ heading }) => heading))
  }
  expect(headings).toEqual(['Plan'])

  const names: string[] = []
  const none = (): string[] => []
  for await (const document of client.each(PatientResultsDocument, person, (it) => it.patientByNhsNumber?.documents))
    names.push(
      ...match(document, {
        TestResult: ({ observations }) => observations.map(({ name }) => name),
        AdmissionLetter: none,
        AppointmentLetter: none,
        DischargeSummary: none,
        OtherLetter: none,
        OutcomeLetter: none,
      }),
    )
  expect(names).toEqual(['Haemoglobin'])

  // @ts-expect-error an operation without a cursor has no pages
  void (() => client.each(PatientLettersDocument, { nhsNumber: 1, bornOn: '' }, () => undefined))
})
