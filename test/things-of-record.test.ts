import { Kind, parse } from 'graphql'
import { expect, it } from 'vitest'
import { appointmentAccesses } from '../subgraphs/appointments/appointment-accesses.ts'
import { appointments } from '../subgraphs/appointments/main.ts'
import { documentAccesses } from '../subgraphs/documents/document-accesses.ts'
import { documents } from '../subgraphs/documents/main.ts'
import { detailsAccesses } from '../subgraphs/patients/details-accesses.ts'
import { patients } from '../subgraphs/patients/main.ts'
import { Relation } from '../subgraphs/runtime/auth.ts'
import { authRules, subgraphSdl } from '../subgraphs/runtime/federate.ts'
import { graphOf, type SubgraphDefinition } from '../subgraphs/runtime/subgraph.ts'
import { Role } from '../subgraphs/runtime/viewer.ts'

/** What somebody else may see of a patient's here, and name by an id. */
function seenByOthers(definition: SubgraphDefinition): string[] {
  const document = parse(subgraphSdl(graphOf(definition)))
  const rules = authRules(document)
  return document.definitions
    .flatMap((it) => (it.kind === Kind.OBJECT_TYPE_DEFINITION ? [it.name.value] : []))
    .filter((type) => {
      const { roles = [], relation } = rules.get(`${type}.id`) ?? {}
      return relation === Relation.SELF && (roles.includes(Role.PARTNER) || roles.includes(Role.STAFF))
    })
}

it.each([
  [patients, detailsAccesses, []],
  // The patient leads to their appointments.
  [appointments, appointmentAccesses, ['Patient']],
  // They and their appointments lead to documents; a value is in the result that it is one of.
  [documents, documentAccesses, ['Appointment', 'Patient', 'TestObservation']],
] as const)(
  'all that others can see of the record in $0.name is told by its name',
  (definition, { things }, leadsTo) => {
    expect(seenByOthers(definition)).toEqual([...things, ...leadsTo].sort())
    expect(things).toEqual([...things].sort())
  },
)
