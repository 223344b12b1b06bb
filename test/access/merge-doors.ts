import { randomUUID } from 'node:crypto'
import { aPerson } from '../world.ts'
import type { Cast } from './cast.ts'
import { type Door, keyed, mutation, outcome } from './door.ts'
import { aMobile } from './log-ins.ts'
import type { Actor } from './matrix.ts'

const unknownNumbers = ({ portal }: Cast) => ({
  eventAt: portal.clock.now(),
  survivingHospitalNumber: randomUUID(),
  retiredHospitalNumber: randomUUID(),
})

/** Two records that are there, for our systems; for everybody else it is enough to try. */
async function twoRecords(cast: Cast, actor: Actor) {
  const numbers = unknownNumbers(cast)
  if (actor !== 'system') return numbers
  const [surviving, retired] = [aMobile(), aMobile()].map((mobile) => aPerson(cast.portal, { mobile }))
  return {
    ...numbers,
    survivingHospitalNumber: (await surviving)?.hospitalNumber,
    retiredHospitalNumber: (await retired)?.hospitalNumber,
  }
}

/** Two records that were made one by mistake. */
async function mergedRecords(cast: Cast, actor: Actor) {
  const numbers = await twoRecords(cast, actor)
  const merge = 'mutation M($input: MergePatientsInput!) { mergePatients(input: $input) { __typename } }'
  if (actor === 'system') await cast.portal.system(merge, { input: { idempotencyKey: randomUUID(), ...numbers } })
  return numbers
}

/** How two records are made one, and one two. */
export const mergeRootDoors: Record<string, Door[]> = {
  'Mutation.mergePatients': [mutation('mergePatients', keyed(twoRecords))],
  'Mutation.unmergePatients': [mutation('unmergePatients', keyed(mergedRecords))],
}

/** What that comes to. */
export const mergeOutcomeDoors: Record<string, Door[]> = {
  PatientsMerged: outcome('mergePatients', 'PatientsMerged', keyed(twoRecords)),
  PatientsUnmerged: outcome('unmergePatients', 'PatientsUnmerged', keyed(mergedRecords)),
  PatientsNotMerged: outcome('mergePatients', 'PatientsNotMerged', keyed(unknownNumbers)),
}
