import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Alone, alone, engines, patient, system } from '../../../test/alone.ts'
import { FakeClock } from '../../../test/clock.ts'
import { anNhsNumber } from '../../../test/nhs-numbers.ts'
import { aHospitalNumber, aPatient } from '../../../test/people.ts'
import {
  aPartner,
  askingFor,
  type Category,
  chooseSharing,
  everyCategory,
  grantedNow,
  recordSharing,
  royalFree,
  sharingOf,
  stopSharing,
} from '../../../test/sharing.ts'
import { patients, patientsExtra } from '../main.ts'

interface Said {
  organisation: string
  category: Category
  byPatient: boolean
  open: boolean
  at: number
  until: number
}
interface ModelRecord {
  id: string
  hospitalNumber: string
  nhsNumber: string
  into?: ModelRecord
  /** The newest word on each category, of each organisation and of all of them. */
  words: Map<string, Said>
}

/** What was said of each record, and what follows from it, in the plainest words. */
const standing = (record: ModelRecord): ModelRecord => (record.into ? standing(record.into) : record)
const personOf = (all: ModelRecord[], record: ModelRecord) => all.filter((it) => standing(it) === standing(record))
const wordsOn = (all: ModelRecord[], record: ModelRecord, code: string): Said[] =>
  personOf(all, record)
    .flatMap((it) => [...it.words.values()])
    .filter(({ organisation }) => organisation === code || organisation === 'all')
function decided(all: ModelRecord[], record: ModelRecord, code: string, category: Category): Said | undefined {
  const said = wordsOn(all, record, code).filter((it) => it.category === category)
  const loud = said.some((it) => it.byPatient) ? said.filter((it) => it.byPatient) : said
  const newest = loud.filter((it) => it.at === Math.max(...loud.map(({ at }) => at)))
  return newest.find((it) => !it.open) ?? newest.sort((one, other) => one.until - other.until)[0]
}

const which = fc.nat({ max: 2 })
/** The organisation that is there from the start, or the one that comes later, once it has come. */
const whom = fc.nat({ max: 1 })
const some = fc.subarray(everyCategory)
const act = fc.oneof(
  fc.record({ act: fc.constant('choose' as const), which, whom, some }),
  fc.record({
    act: fc.constant('record' as const),
    which,
    whom,
    some,
    ago: fc.nat({ max: 4 }),
    lasts: fc.option(fc.integer({ min: 1, max: 9 })),
  }),
  fc.record({ act: fc.constant('stop' as const), which }),
  fc.record({ act: fc.constant('register' as const) }),
  fc.record({ act: fc.constant('merge' as const), which, other: which }),
  fc.record({ act: fc.constant('unmerge' as const), which }),
  fc.record({ act: fc.constant('wait' as const), seconds: fc.nat({ max: 3 }) }),
)
type Organisation = typeof royalFree
type Act = typeof act extends fc.Arbitrary<infer It> ? It : never

describe.each(engines)('whatever is said of three records, on %s', (engine) => {
  let portal: Alone
  const clock = new FakeClock('2026-11-23T10:00:00Z')
  let nhsNumbers = 0
  beforeAll(async () => {
    portal = await alone(patients, {
      engine,
      clock,
      extra: patientsExtra({ key: Buffer.alloc(32, 7).toString('base64url'), demonstration: false }),
    })
    await aPartner(portal)
  })
  afterAll(() => portal.stop())

  const aRecord = async (): Promise<ModelRecord> => {
    const facts = {
      hospitalNumber: aHospitalNumber(),
      nhsNumber: anNhsNumber((engine === 'sqlite' ? 2800 : 5000) + (nhsNumbers += 1)),
    }
    return { id: (await aPatient(portal, facts)).id, ...facts, words: new Map() }
  }
  const viewerOf = (all: ModelRecord[], record: ModelRecord) =>
    patient(record.id, {
      patientIds: [record.id, ...personOf(all, record).flatMap((it) => (it === record ? [] : it.id))],
    })
  const now = () => clock.now().getTime()
  const keep = ({ words }: ModelRecord, said: Said) => words.set(`${said.organisation} ${said.category}`, said)

  /** What a patient says comes after all that they said before. */
  function object(record: ModelRecord, organisation: string, known: Said[], open: Category[] = []) {
    const at = Math.max(now(), ...known.filter((it) => it.byPatient).map((it) => it.at + 1))
    for (const category of everyCategory)
      keep(record, { organisation, category, byPatient: true, open: open.includes(category), at, until: Infinity })
  }

  async function choose(all: ModelRecord[], named: ModelRecord, organisationCode: string, some: Category[]) {
    const record = standing(named)
    const { __typename } = await chooseSharing(portal, viewerOf(all, record), some, { organisationCode })
    expect(__typename).toBe('SharingChosen')
    object(record, organisationCode, wordsOn(all, record, organisationCode), some)
  }

  async function stop(all: ModelRecord[], named: ModelRecord) {
    const record = standing(named)
    await stopSharing(portal, viewerOf(all, record))
    const known = personOf(all, record).flatMap((it) => [...it.words.values()])
    object(record, 'all', known)
  }

  async function say(
    all: ModelRecord[],
    record: ModelRecord,
    organisationCode: string,
    { some, ago, lasts }: { some: Category[]; ago: number; lasts: number | null },
  ) {
    const at = now() - ago * 1000
    const until = lasts == null ? Infinity : at + lasts * 1000
    const { __typename } = await recordSharing(portal, record.id, some, {
      organisationCode,
      eventAt: new Date(at).toISOString(),
      until: lasts == null ? null : new Date(until).toISOString(),
    })
    const before = new Map(everyCategory.map((it) => [it, decided(all, record, organisationCode, it)]))
    const objected = some.some((it) => before.get(it)?.byPatient && !before.get(it)?.open)
    expect(__typename).toBe(objected ? 'SharingNotRecorded' : 'SharingRecorded')
    for (const [category, known] of objected ? [] : before) {
      const open = some.includes(category)
      const said = { organisation: organisationCode, category, byPatient: false, open, at }
      if (known ? !known.byPatient && at >= known.at : open) keep(record, { ...said, until: open ? until : Infinity })
    }
  }

  async function tell(what: 'merge' | 'unmerge', retired: ModelRecord, surviving: ModelRecord) {
    clock.pass(1)
    const input = {
      idempotencyKey: randomUUID(),
      eventAt: clock.now().toISOString(),
      retiredHospitalNumber: retired.hospitalNumber,
      survivingHospitalNumber: surviving.hospitalNumber,
    }
    const type = what === 'merge' ? 'MergePatientsInput' : 'UnmergePatientsInput'
    const { data } = await portal.ask(
      system,
      `mutation M($input: ${type}!) { ${what}Patients(input: $input) { __typename } }`,
      { input },
    )
    expect(data?.[`${what}Patients`]).toEqual({ __typename: what === 'merge' ? 'PatientsMerged' : 'PatientsUnmerged' })
    if (what === 'merge') retired.into = surviving
    else delete retired.into
  }

  let later = 0
  /** An organisation that nobody has heard of so far. */
  async function register(): Promise<Organisation> {
    const organisation = { code: `R${engine.length}${(later += 1)}`, name: `New hospital ${later}` }
    await aPartner(portal, organisation)
    return organisation
  }

  async function perform(all: ModelRecord[], organisations: Organisation[], it: Act) {
    if (it.act === 'wait') return clock.pass(it.seconds)
    if (it.act === 'register') {
      if (organisations.length < 2) organisations.push(await register())
      return
    }
    const record = all[it.which] as ModelRecord
    if (it.act === 'stop') return stop(all, record)
    if (it.act === 'choose' || it.act === 'record') {
      const { code } = organisations[it.whom] ?? royalFree
      return it.act === 'choose' ? choose(all, record, code, it.some) : say(all, record, code, it)
    }
    if (it.act === 'unmerge' && record.into) await tell('unmerge', record, record.into)
    else if (it.act === 'merge') {
      const other = standing(all[it.other] as ModelRecord)
      if (!record.into && record !== other) await tell('merge', record, other)
    }
  }

  /** The partner and the patient see what the model says, and each the same. */
  async function compare(all: ModelRecord[], organisation: Organisation) {
    const { code } = organisation
    for (const record of all) {
      const open = everyCategory.filter((category) => {
        const said = decided(all, record, code, category)
        return said?.open && now() < said.until
      })
      const granted = await grantedNow(portal, record, askingFor(organisation))
      if (record.into || !open.length) expect(granted).toBeUndefined()
      else {
        expect(granted?.categories).toEqual(open)
        expect(new Set(granted?.patientIds)).toEqual(new Set(personOf(all, record).map(({ id }) => id)))
      }
      if (record.into) continue
      const shown = (await sharingOf(portal, viewerOf(all, record))).find((it) => it.organisationCode === code)
      expect(shown?.categories.flatMap((it) => (it.shared ? it.category : []))).toEqual(open)
    }
  }

  it('is seen alike by the partner and the patient, and as the rules say', { timeout: 120_000 }, async () => {
    const runs = engine === 'sqlite' ? 40 : 12
    let compared = 0
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 25, size: 'max' }), async (acts) => {
        const all = [await aRecord(), await aRecord(), await aRecord()]
        const organisations = [royalFree]
        for (const it of acts) {
          await perform(all, organisations, it)
          for (const organisation of organisations) await compare(all, organisation)
          compared += 1
        }
      }),
      { numRuns: runs },
    )
    console.log(`${engine}: ${runs} histories, compared after each of ${compared} acts`)
  })
})
