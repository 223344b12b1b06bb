import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Alone, alone, engines, patient, system } from '../../../test/alone.ts'
import { FakeClock } from '../../../test/clock.ts'
import { anNhsNumber } from '../../../test/nhs-numbers.ts'
import { aHospitalNumber, aPatient } from '../../../test/people.ts'
import {
  aPartner,
  type Category,
  chooseSharing,
  everyCategory,
  grantedNow,
  recordSharing,
  sharingOf,
} from '../../../test/sharing.ts'
import { patients, patientsExtra } from '../main.ts'

interface Said {
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
  words: Map<Category, Said>
}

/** What was said of each record, and what follows from it, in the plainest words. */
const standing = (record: ModelRecord): ModelRecord => (record.into ? standing(record.into) : record)
const personOf = (all: ModelRecord[], record: ModelRecord) => all.filter((it) => standing(it) === standing(record))
function decided(all: ModelRecord[], record: ModelRecord, category: Category): Said | undefined {
  const said = personOf(all, record).flatMap((it) => it.words.get(category) ?? [])
  const loud = said.some((it) => it.byPatient) ? said.filter((it) => it.byPatient) : said
  const newest = loud.filter((it) => it.at === Math.max(...loud.map(({ at }) => at)))
  return newest.find((it) => !it.open) ?? newest.sort((one, other) => one.until - other.until)[0]
}

const which = fc.nat({ max: 2 })
const some = fc.subarray(everyCategory)
const act = fc.oneof(
  fc.record({ act: fc.constant('choose' as const), which, some }),
  fc.record({
    act: fc.constant('record' as const),
    which,
    some,
    ago: fc.nat({ max: 4 }),
    lasts: fc.option(fc.integer({ min: 1, max: 9 })),
  }),
  fc.record({ act: fc.constant('merge' as const), which, other: which }),
  fc.record({ act: fc.constant('unmerge' as const), which }),
  fc.record({ act: fc.constant('wait' as const), seconds: fc.nat({ max: 3 }) }),
)
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

  async function choose(all: ModelRecord[], named: ModelRecord, some: Category[]) {
    const record = standing(named)
    await chooseSharing(portal, viewerOf(all, record), some)
    for (const it of everyCategory)
      record.words.set(it, { byPatient: true, open: some.includes(it), at: now(), until: Infinity })
  }

  async function say(
    all: ModelRecord[],
    record: ModelRecord,
    { some, ago, lasts }: { some: Category[]; ago: number; lasts: number | null },
  ) {
    const at = now() - ago * 1000
    const until = lasts == null ? Infinity : at + lasts * 1000
    const { __typename } = await recordSharing(portal, record.id, some, {
      eventAt: new Date(at).toISOString(),
      until: lasts == null ? null : new Date(until).toISOString(),
    })
    const before = new Map(everyCategory.map((it) => [it, decided(all, record, it)]))
    const objected = some.some((it) => before.get(it)?.byPatient && !before.get(it)?.open)
    expect(__typename).toBe(objected ? 'SharingNotRecorded' : 'SharingRecorded')
    for (const [it, known] of objected ? [] : before) {
      const open = some.includes(it)
      if (known ? !known.byPatient && at >= known.at : open)
        record.words.set(it, { byPatient: false, open, at, until: open ? until : Infinity })
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

  async function perform(all: ModelRecord[], it: Act) {
    if (it.act === 'wait') return clock.pass(it.seconds)
    const record = all[it.which] as ModelRecord
    if (it.act === 'choose') await choose(all, record, it.some)
    else if (it.act === 'record') await say(all, record, it)
    else if (it.act === 'unmerge' && record.into) await tell('unmerge', record, record.into)
    else if (it.act === 'merge') {
      const other = standing(all[it.other] as ModelRecord)
      if (!record.into && record !== other) await tell('merge', record, other)
    }
  }

  /** The partner and the patient see what the model says, and each the same. */
  async function compare(all: ModelRecord[]) {
    for (const record of all) {
      const open = everyCategory.filter((category) => {
        const said = decided(all, record, category)
        return said?.open && now() < said.until
      })
      const granted = await grantedNow(portal, record)
      if (record.into || !open.length) expect(granted).toBeUndefined()
      else {
        expect(granted?.categories).toEqual(open)
        expect(new Set(granted?.patientIds)).toEqual(new Set(personOf(all, record).map(({ id }) => id)))
      }
      if (record.into) continue
      const [shown] = await sharingOf(portal, viewerOf(all, record))
      expect(shown?.categories.flatMap((it) => (it.shared ? it.category : []))).toEqual(open)
    }
  }

  it('is seen alike by the partner and the patient, and as the rules say', { timeout: 120_000 }, async () => {
    const runs = engine === 'sqlite' ? 40 : 12
    let compared = 0
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 25, size: 'max' }), async (acts) => {
        const all = [await aRecord(), await aRecord(), await aRecord()]
        for (const it of acts) {
          await perform(all, it)
          await compare(all)
          compared += 1
        }
      }),
      { numRuns: runs },
    )
    console.log(`${engine}: ${runs} histories, compared after each of ${compared} acts`)
  })
})
