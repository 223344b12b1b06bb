import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readMatrix } from './access/matrix.ts'
import { crawl, type Facts } from './crawl.ts'
import { aCrowd, behindTheDoor, type OneOfCrowd, tracesIn } from './crowd.ts'
import { anNhsNumber } from './nhs-numbers.ts'
import { aPatient, aSummary } from './partner/records.ts'
import { aPartnerSystem, type PartnerSystem } from './partner-systems.ts'
import { rowsOf } from './rows-of.ts'
import { aPartner, bartsHealth, chooseSharing } from './sharing.ts'
import { outside } from './told-apart.ts'
import { world, type World } from './world.ts'

/** What the Royal Free itself knows of them: it does not get it back. */
const theirs = 'Wiedehopf'
const royalFree = [
  aPatient({ identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: anNhsNumber(300) }] }),
  aSummary({ title: theirs }),
]

describe('a partner to whom one of ten people is shared', { timeout: 300_000 }, () => {
  let portal: World
  let partner: PartnerSystem
  let shared: OneOfCrowd
  let others: OneOfCrowd[]
  beforeAll(async () => {
    portal = await world({ royalFree })
    partner = await aPartnerSystem(portal)
    await aPartner(behindTheDoor(portal), bartsHealth)
    ;({ shared, others } = await aCrowd(portal))
  }, 120_000)
  afterAll(() => portal.stop())

  const quoted = (text: string) => JSON.stringify(text)
  /** Every argument is about this person, as far as it can be. */
  const about =
    ({ nhsNumber, bornOn, patientId, appointmentId, letterId, resultId, word }: OneOfCrowd): Facts =>
    (name) => {
      const known: Record<string, string> = {
        ...{ nhsNumber, bornOn, appointmentId, resultId, documentId: letterId, hospitalNumber: `${word}-1` },
        ...{ organisationCode: 'RAL', search: word, idempotencyKey: randomUUID() },
      }
      const found = known[name] ?? (/id$/i.test(name) ? patientId : undefined)
      return found && quoted(found)
    }
  const all = `id hospitalNumber nhsNumber name { full } bornOn needs { transport }
    upcoming: appointments(period: UPCOMING, first: 50) { totalCount nodes { id clinician } }
    past: appointments(period: PAST, first: 50) { totalCount nodes { id clinician } }
    documents(first: 50) { totalCount nodes { id title ... on Letter { sections { paragraphs } } ... on TestResult { comments } } }`
  const find = `query P($nhsNumber: String!, $bornOn: LocalDate!) { patientByNhsNumber(nhsNumber: $nhsNumber, bornOn: $bornOn) { ${all} } }`
  const lookFor = ({ nhsNumber, bornOn }: Pick<OneOfCrowd, 'nhsNumber' | 'bornOn'>) =>
    partner.ask(find, { nhsNumber, bornOn })

  it('is shown all of that person, of both their records', async () => {
    const { data, text } = await lookFor(shared)
    expect(data?.patientByNhsNumber).toMatchObject({
      upcoming: { totalCount: 4 },
      past: { totalCount: 2 },
      documents: { totalCount: 12 },
    })
    expect(tracesIn(text, [shared])).toEqual(expect.arrayContaining([shared.word, shared.patientId]))
  })

  it('finds by every operation there is what the matrix says, and no row, id or word of anybody else', async () => {
    const { allowed, refused, answers } = await crawl(partner.ask, about(shared))
    const expected = readMatrix().filter(
      ({ reach, expected: { partner: seen } }) => reach === 'clients' && seen !== 'refused',
    )
    expect([...allowed].sort()).toEqual(expected.map(({ field }) => field).sort())
    expect([...allowed].filter((it) => refused.has(it))).toEqual([])
    const answered = answers.join('\n')
    expect(tracesIn(answered, [shared])).toEqual(
      expect.arrayContaining([shared.word, shared.appointmentId, shared.letterId]),
    )
    expect(tracesIn(answered, others)).toEqual([])
    expect(answered).not.toContain(theirs)
    console.log(
      `a crawl of ${answers.length} operations as a partner: ${allowed.size} fields answered, ${refused.size} refused, nothing of the nine others`,
    )
  })

  it('finds nobody else by any operation, whatever it knows of them', async () => {
    let operations = 0
    for (const [index, other] of others.entries()) {
      // Below the roots there is nobody: looked at to the ground once.
      const { allowed, answers } = await crawl(partner.ask, about(other), index ? 1 : undefined)
      operations += answers.length
      expect([...allowed].filter((it) => it.startsWith('Mutation.'))).toEqual([])
      const shown = answers.filter((it) => tracesIn(it.replaceAll(/"message":"[^"]*"/g, ''), [other, ...others]).length)
      expect(shown).toEqual([])
    }
    console.log(`${operations} operations about people who are not shared: nothing of theirs`)
  })

  it('sees of whoever is not shared the same bytes as of whoever is not there', async () => {
    const nobody = outside(await lookFor({ nhsNumber: anNhsNumber(9_999), bornOn: shared.bornOn }))
    expect(nobody.text).toBe('{"data":{"patientByNhsNumber":null}}\n')
    for (const other of others) expect([other.word, outside(await lookFor(other))]).toEqual([other.word, nobody])
    expect(outside(await lookFor({ ...shared, bornOn: '1984-03-10' }))).toEqual(nobody)
  })

  it('comes to nobody else by a place in a list, a word, or another trust', async () => {
    const within = async (fields: string) => {
      const { data, errors } = await partner.ask(find.replace(all, fields), {
        nhsNumber: shared.nhsNumber,
        bornOn: shared.bornOn,
      })
      return JSON.stringify([data, errors.map(({ extensions }) => extensions.code)])
    }
    const far = Date.parse('2030-01-01T00:00:00Z')
    for (const { word, letterId, appointmentId, traces } of others) {
      const places = [letterId, appointmentId].map((id) => Buffer.from(JSON.stringify([far, id])).toString('base64url'))
      for (const after of places) {
        expect(
          tracesIn(await within(`documents(first: 50, after: "${after}") { nodes { id title } }`), others),
        ).toEqual([])
        const past = `appointments(period: PAST, first: 50, after: "${after}") { nodes { id clinician } }`
        expect(tracesIn(await within(past), others)).toEqual([])
      }
      const found = await within(`documents(filter: { search: "${word}" }) { totalCount nodes { id } }`)
      expect(found).toBe('[{"patientByNhsNumber":{"documents":{"totalCount":0,"nodes":[]}}},[]]')
      expect(traces).toContain(word)
    }
    for (const code of ['RAL', 'R1H', '', 'x'.repeat(1000)])
      expect(await within(`documents(filter: { trustCode: "${code}" }) { nodes { id } }`)).toContain('BAD_USER_INPUT')
  })

  it('cannot ask subgraphs past the gateway', async () => {
    for (const root of [
      `_entities(representations: [{ __typename: "Patient", id: "${shared.patientId}" }])`,
      '_service',
    ])
      expect((await partner.ask(`{ ${root} { __typename } }`)).text).toMatch(/Cannot query field/)
    const { text } = await partner.ask(find.replace(all, 'grant'), {
      nhsNumber: shared.nhsNumber,
      bornOn: shared.bornOn,
    })
    expect(text).toMatch(/Cannot query field/)
  })

  it('is not the partner of another organisation', async () => {
    const elsewhere = await aPartnerSystem(portal, { organisationCode: 'RYJ', organisationName: 'Imperial College' })
    const { nhsNumber, bornOn } = shared
    expect((await elsewhere.ask(find, { nhsNumber, bornOn })).text).toBe('{"data":{"patientByNhsNumber":null}}\n')
  })

  it('is shown nobody from the next request on, when that person takes it back', async () => {
    expect((await lookFor(shared)).text).toContain(shared.word)
    await chooseSharing(behindTheDoor(portal), shared.patientId, [])
    expect((await lookFor(shared)).text).toBe('{"data":{"patientByNhsNumber":null}}\n')
  })

  it('leaves no row in the audit of anybody else', async () => {
    const ids = others.map(({ patientId }) => patientId)
    for (const subgraph of ['patients', 'appointments', 'documents', 'messages'] as const) {
      const statement = `select patient_id from audit_entry where role = 'PARTNER' and patient_id in (${ids.map(() => '?').join()})`
      expect(await rowsOf(portal, subgraph, statement, ...ids)).toEqual([])
    }
  })
})
