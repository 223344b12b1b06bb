import { batched } from '../runtime/batch.ts'
import type { ReferenceResolver } from '../runtime/federate.ts'
import { Patient } from './patient.entity.ts'

const patientById = batched(async ({ em }, ids) => {
  const people = await em.find(Patient, { id: { $in: [...ids] } })
  return new Map(people.map((it) => [it.id, it]))
})

/** A person named by another subgraph: one of the viewer's rows, or nothing. */
export const patientReference: ReferenceResolver = ({ id }, context) => patientById(context, String(id))
