import { batched } from '../../runtime/batch.ts'
import type { Context } from '../../runtime/context.ts'
import { idsOfPerson } from '../../runtime/grant.ts'
import { Role, type Viewer } from '../../runtime/viewer.ts'
import { TestObservation } from './test-observation.entity.ts'
import { TestResult } from './test-result.entity.ts'

/** Of each test: values of results that still wait are passed over after they were read. */
const most = 200

interface Test {
  /** Every id the patient's record has had; of somebody else's patient, the one the value is kept under. */
  readonly patientIds: readonly string[]
  readonly code: string | null
  readonly laboratory: string
}

/** What the values of one test are asked for by. */
export const asKey = (viewer: Viewer, { patientId, code, laboratory }: TestObservation): string =>
  JSON.stringify({ patientIds: idsOf(viewer, patientId), code, laboratory } satisfies Test)

function idsOf(viewer: Viewer, patientId: string): readonly string[] {
  switch (viewer.role) {
    case Role.PATIENT:
      return viewer.patientIds
    case Role.PARTNER:
      return idsOfPerson(viewer, patientId)
    default:
      return [patientId]
  }
}

/** The numbers of a test in results that their patient can read, the newest first. All tests of a page in two queries, as a rule. */
export const readableValues = batched(async (context, keys) => {
  const tests = new Map(keys.map((key) => [key, JSON.parse(key) as Test]))
  const values = await newestValues(context, [...tests.values()])
  const open = await idsOfOpen(context, [...new Set(values.map((it) => it.resultId))])
  const shown = values.filter((it) => open.has(it.resultId))
  return new Map([...tests].map(([key, test]) => [key, shown.filter((it) => isOf(test, it))]))
})

/** A test that is done every hour may take the room of the others: then each is asked for by itself. */
async function newestValues(context: Context, tests: readonly Test[]): Promise<TestObservation[]> {
  const values = await newestOf(context, tests)
  if (tests.length < 2 || values.length < most * tests.length) return values
  return (await Promise.all(tests.map((it) => newestOf(context, [it])))).flat()
}

function newestOf({ em }: Context, tests: readonly Test[]): Promise<TestObservation[]> {
  const where = {
    patientId: { $in: [...new Set(tests.flatMap((it) => it.patientIds))] },
    code: { $in: [...new Set(tests.map((it) => it.code ?? ''))] },
    laboratory: { $in: [...new Set(tests.map((it) => it.laboratory))] },
    number: { $ne: null },
    measuredAt: { $ne: null },
  }
  return em.find(TestObservation, where, { orderBy: { measuredAt: 'desc', id: 'asc' }, limit: most * tests.length })
}

async function idsOfOpen({ em, clock }: Context, ids: string[]): Promise<Set<string>> {
  const open = { id: { $in: ids }, opensAt: { $lte: clock.now() }, withdrawnAt: null, excluded: false }
  // With its owner: a row that does not say whose it is belongs to somebody else.
  const results = await em.find(TestResult, open, { fields: ['id', 'patientId'], disableIdentityMap: true })
  return new Set(results.map(({ id }) => id))
}

const isOf = (test: Test, { patientId, code, laboratory }: TestObservation) =>
  test.code === code && test.laboratory === laboratory && test.patientIds.includes(patientId)
