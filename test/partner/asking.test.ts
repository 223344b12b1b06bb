import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { patient, system } from '../alone.ts'
import { portalWithPartners, type PortalWithPartners, sourceAt } from './portal-with-partners.ts'
import { amal, aPatient, anObservation, aReport, aSummary, recordsThere } from './records.ts'
import { answering, bundleOf, type ScriptedPartner, startScriptedPartner } from './scripted-partner.ts'

let partner: ScriptedPartner
let portal: PortalWithPartners
beforeEach(async () => {
  partner = await startScriptedPartner()
  partner.answer = answering(recordsThere())
  portal = await portalWithPartners([sourceAt(partner)])
})
afterEach(async () => {
  await portal.stop()
  await partner.stop()
})

const later = async () => {
  portal.clock.pass(61)
  return portal.royalFree()
}
const idsOf = async () => (await portal.read()).nodes.map(({ id }) => id)
const times = (what: string) => partner.asked.filter((it) => it.startsWith(what)).length

describe('asking a partner', () => {
  it('happens once a minute, however many ask at the same moment', async () => {
    await Promise.all(Array.from({ length: 5 }, () => portal.read()))
    expect(times('Patient')).toBe(1)
    portal.clock.pass(59)
    await portal.read()
    expect(times('Patient')).toBe(1)
    portal.clock.pass(2)
    await portal.read()
    expect(times('Patient')).toBe(2)
  })

  it('is not done for our own records', async () => {
    await portal.read('', { trustCode: 'RWG' })
    expect(partner.asked).toEqual([])
  })

  it('is done for patients, never for systems', async () => {
    const { data } = await portal.ask(system, '{ document(id: "RAL.DiagnosticReport.blood-count") { id } }')
    expect(data).toEqual({ document: null })
    expect(partner.asked).toEqual([])
  })

  it('names nobody in an address', async () => {
    await portal.read()
    expect(partner.asked.join()).not.toContain(amal.nhsNumber)
    expect(partner.asked).toContain('Patient/_search')
  })

  it('takes one token for many questions, and another one half a minute before it ends', async () => {
    await portal.read()
    await later()
    expect(times('token')).toBe(1)
    portal.clock.pass(300 - 30 - 61)
    await portal.royalFree()
    expect(times('token')).toBe(2)
  })

  it('takes a new token once when the partner has forgotten the one it gave', async () => {
    await portal.read()
    let refused = 0
    partner.answer = (question) => ((refused += 1) === 1 ? { status: 401 } : answering(recordsThere())(question))
    expect((await later())?.status).toBe('AVAILABLE')
    expect(times('token')).toBe(2)
  })

  it('is tried once more when the partner stumbles, and not when it refuses', async () => {
    let answers = 0
    partner.answer = (question) => ((answers += 1) === 1 ? { status: 503 } : answering(recordsThere())(question))
    expect((await portal.royalFree())?.status).toBe('AVAILABLE')
    partner.answer = () => ({ status: 400 })
    partner.asked.length = 0
    expect((await later())?.status).toBe('STALE')
    expect(times('Patient')).toBe(1)
  })
})

describe('what a partner says', () => {
  it.each([
    ['nobody', [], false],
    ['somebody born on another day', [aPatient({ birthDate: '1984-03-10' })], true],
    ['somebody born in the same year', [aPatient({ birthDate: '1984' })], true],
    ['a record that is no longer used', [aPatient({ active: false })], false],
    [
      'somebody with two NHS numbers',
      [
        aPatient({
          identifier: [amal.nhsNumber, '9990083142'].map((value) => ({
            system: 'https://fhir.nhs.uk/Id/nhs-number',
            value,
          })),
        }),
      ],
      true,
    ],
  ])('is not linked when it finds %s', async (_, found, isAlarming) => {
    partner.answer = answering([...found, aReport(), anObservation()])
    const { nodes, sources } = await portal.read()
    expect(nodes).toEqual([])
    expect(sources[1]).toMatchObject({
      status: 'NOT_LINKED',
      message: 'Royal Free has no records under your NHS number and date of birth.',
    })
    const alarms = portal.lines.filter((line) => line.includes('PATIENT_DIFFERS'))
    expect(alarms).toHaveLength(isAlarming ? 1 : 0)
  })

  it('is not asked for without an NHS number', async () => {
    portal.identity = { nhsNumber: null, bornOn: amal.bornOn }
    expect(await portal.royalFree()).toMatchObject({
      status: 'NOT_LINKED',
      message:
        'We cannot ask Royal Free for your records, because your hospital record has no NHS number. Contact us to add it.',
    })
    expect(partner.asked).toEqual([])
  })

  it('is withheld when it says so, and what was kept is gone', async () => {
    await portal.read()
    partner.answer = (question) =>
      question.startsWith('Composition') ? { status: 403 } : answering(recordsThere())(question)
    expect(await later()).toMatchObject({
      status: 'WITHHELD',
      asOf: null,
      message: 'Royal Free does not share your records here. Contact Royal Free if you want to know why.',
    })
    expect(await portal.sql('select * from partner_copy')).toEqual([])
  })

  it('is unavailable, and not withheld, when our own client lacks the scope', async () => {
    const headers = { 'www-authenticate': 'Bearer error="insufficient_scope"' }
    partner.answer = () => ({ status: 403, headers })
    expect((await portal.royalFree())?.status).toBe('UNAVAILABLE')
  })

  it('is left out one by one where it is broken, and counted', async () => {
    const broken = { ...anObservation({ id: 'broken' }), status: 'perhaps', valueQuantity: 'much' }
    const two = aReport({ result: ['haemoglobin', 'broken'].map((id) => ({ reference: `Observation/${id}` })) })
    partner.answer = answering([
      aPatient(),
      two,
      anObservation(),
      broken,
      aSummary({ id: 'no status', status: undefined as never }),
    ])
    const { nodes, sources } = await portal.read()
    expect(nodes.map(({ id }) => id)).toEqual(['RAL.DiagnosticReport.blood-count'])
    expect(nodes[0]?.notice).toBe('1 value of this result could not be read and is not shown.')
    expect(sources[1]).toMatchObject({
      status: 'AVAILABLE',
      setAside: 2,
      message: '2 records of Royal Free could not be read and are not shown. Contact Royal Free about them.',
    })
  })

  it('is read as London’s where a time lacks its zone', async () => {
    partner.answer = answering([aPatient(), aReport({ issued: '2026-06-20T15:00:00', result: [] })])
    const { nodes, sources } = await portal.read('writtenAt')
    expect(nodes).toMatchObject([{ writtenAt: '2026-06-20T14:00:00.000Z' }])
    expect(sources[1]?.setAside).toBe(0)
  })

  it('is never our own', async () => {
    const ods = (value: string) => ({ identifier: { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value } })
    const west = { resourceType: 'Organization', id: 'org-7', identifier: [ods('RWG').identifier] }
    partner.answer = answering([
      west,
      aPatient(),
      aReport({ id: 'ours-by-code', performer: [ods('RWG')] }),
      aReport({ id: 'ours-by-site', performer: [ods('RWG02')] }),
      aReport({ id: 'ours-by-name-there', performer: [{ reference: 'Organization/org-7' }] }),
      aSummary({ id: 'ours-by-custodian', custodian: ods('RWG') }),
      aSummary({ id: 'ours-by-source', meta: { source: 'urn:ods:RWG' } }),
      aSummary({ id: 'theirs', custodian: ods('RAL') }),
    ])
    expect(await idsOf()).toEqual(['RAL.Composition.theirs'])
  })
})

describe('the pages of a partner', () => {
  const reports = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => aReport({ id: `r-${from + index}`, result: [] }))
  const inPages = (next: (page: number) => string | undefined) => (question: string) => {
    if (!question.startsWith('DiagnosticReport')) return answering([aPatient()])(question)
    const page = Number(/page=(\d+)/.exec(question)?.[1] ?? 1)
    return { body: bundleOf(reports(page * 100, 2), next(page)) }
  }

  it('are read one after the other, five at most, and it is said when there are more', async () => {
    partner.answer = inPages((page) => `${partner.fhirUrl}/DiagnosticReport?page=${page + 1}`)
    const { nodes, sources } = await portal.read()
    expect(nodes).toHaveLength(10)
    expect(sources[1]?.message).toBe(
      'Royal Free has older records of you that are not shown here. Contact Royal Free about them.',
    )
    partner.answer = inPages((page) => (page < 5 ? `DiagnosticReport?page=${page + 1}` : undefined))
    portal.clock.pass(61)
    const again = await portal.read()
    expect([again.nodes.length, again.sources[1]?.message]).toEqual([10, null])
  })

  it.each(['https://elsewhere.example/fhir?page=2', 'file:///etc/passwd', 'http://user@127.0.0.1/fhir'])(
    'are not followed to %s',
    async (next) => {
      partner.answer = inPages(() => next)
      expect((await portal.royalFree())?.status).toBe('UNAVAILABLE')
      expect(portal.lines.join()).toContain('OTHER_HOST')
    },
  )

  it('hold two hundred records at most', async () => {
    partner.answer = (question) =>
      question.startsWith('DiagnosticReport') ? { body: bundleOf(reports(0, 201)) } : answering([aPatient()])(question)
    const { sources } = await portal.read()
    expect(sources[1]?.message).toContain('older records')
    const { data } = await portal.ask(patient('p-1'), '{ documents(first: 1) { totalCount } }')
    expect(data?.documents).toEqual({ totalCount: 200 })
  })
})

describe('a partner that fails', () => {
  it('is left alone after five failures, and asked again after half a minute', async () => {
    const resting = await portalWithPartners([sourceAt(partner)], { restMilliseconds: 300 })
    partner.answer = () => ({ status: 400 })
    for (let time = 0; time < 8; time += 1) expect((await resting.royalFree())?.status).toBe('UNAVAILABLE')
    expect(times('Patient')).toBe(5)
    partner.answer = answering(recordsThere())
    expect((await resting.royalFree())?.status).toBe('UNAVAILABLE')
    await new Promise((resolve) => setTimeout(resolve, 350))
    expect((await resting.royalFree())?.status).toBe('AVAILABLE')
    expect(times('Patient')).toBe(6)
    await resting.stop()
  })

  it('is not left alone because of one patient whose record is too long', async () => {
    const resting = await portalWithPartners([sourceAt(partner)], { answerBytes: 10_000 })
    partner.answer = () => ({ body: { resourceType: 'Bundle', type: 'searchset', note: 'x'.repeat(20_000) } })
    for (let time = 0; time < 7; time += 1) expect((await resting.royalFree())?.status).toBe('UNAVAILABLE')
    expect(times('Patient')).toBeGreaterThan(5)
    expect(resting.lines.at(-1)).toContain('TOO_LARGE')
    await resting.stop()
  })

  it('costs nothing while it is left alone, and what it said before is still shown then', async () => {
    const resting = await portalWithPartners([sourceAt(partner)], { restMilliseconds: 60_000 })
    partner.answer = () => ({ status: 400 })
    for (let time = 0; time < 5; time += 1) await resting.read()
    const asked = resting.asksForIdentity()
    for (let time = 0; time < 3; time += 1) expect((await resting.royalFree())?.status).toBe('UNAVAILABLE')
    expect(resting.asksForIdentity()).toBe(asked)
    await resting.stop()

    const stale = await portalWithPartners([sourceAt(partner)], { restMilliseconds: 60_000 })
    partner.answer = answering(recordsThere())
    const { nodes } = await stale.read()
    partner.answer = () => ({ status: 400 })
    stale.clock.pass(61)
    for (let time = 0; time < 7; time += 1) {
      const shown = await stale.read()
      expect(shown.sources[1]?.status).toBe('STALE')
      expect(shown.nodes).toEqual(nodes)
    }
    await stale.stop()
  })

  it('keeps nobody else waiting while one tries whether it is well again', async () => {
    const resting = await portalWithPartners([sourceAt(partner)], { restMilliseconds: 100 })
    const door = resting.partners.of('RAL')
    const failing = () => Promise.reject(new Error('down'))
    for (let time = 0; time < 5; time += 1) await expect(door?.guarded(failing)).rejects.toThrow('down')
    await new Promise((resolve) => setTimeout(resolve, 150))
    let isOver = false
    const trying = door?.guarded(() => new Promise((resolve) => setTimeout(resolve, 1_000))).then(() => (isOver = true))
    await expect(door?.guarded(() => Promise.resolve('asked'))).rejects.toThrow()
    expect(isOver).toBe(false)
    await trying
    expect(await door?.guarded(() => Promise.resolve('asked'))).toBe('asked')
    await resting.stop()
  })

  it('takes nothing from the other one', async () => {
    const other = await startScriptedPartner()
    other.answer = answering(recordsThere())
    const southampton = sourceAt(other, {
      code: 'RHM',
      name: 'University Hospital Southampton',
      shortName: 'Southampton',
    })
    const both = await portalWithPartners([sourceAt(partner), southampton])
    expect((await both.read()).nodes.map(({ trustCode }) => trustCode).sort()).toEqual([
      'RAL',
      'RAL',
      'RAL',
      'RHM',
      'RHM',
      'RHM',
    ])
    partner.answer = () => ({ status: 400 })
    both.clock.pass(25 * 3600)
    const { nodes, sources } = await both.read()
    expect(nodes.map(({ id }) => id)).toEqual([
      'RHM.DiagnosticReport.blood-count',
      'RHM.DocumentReference.letter',
      'RHM.Composition.summary',
    ])
    expect(sources.map(({ trustCode, status }) => [trustCode, status])).toEqual([
      ['RWG', 'AVAILABLE'],
      ['RAL', 'UNAVAILABLE'],
      ['RHM', 'AVAILABLE'],
    ])
    await both.stop()
    await other.stop()
  })
})

it('takes no partner that is this trust itself', async () => {
  await expect(portalWithPartners([sourceAt(partner, { code: 'RWG' })])).rejects.toThrow('RWG is this trust itself')
})
