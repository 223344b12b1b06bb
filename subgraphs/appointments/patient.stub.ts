import { Directive, Field, ID, ObjectType } from 'type-graphql'
import { Auth, type Owned, Relation } from '../runtime/auth.ts'
import type { ReferenceResolver } from '../runtime/federate.ts'
import { Role } from '../runtime/viewer.ts'

/** The patient as this subgraph knows them: an id, to which `appointments` are added. */
@Directive('@key(fields: "id")')
@ObjectType('Patient', { description: 'A person with a record at this hospital.' })
export class PatientStub implements Owned {
  @Auth({ roles: [Role.PATIENT, Role.STAFF, Role.SYSTEM], relation: Relation.SELF })
  @Field(() => ID, { description: "The portal's own id. Not the NHS number, nor the hospital's." })
  readonly id: string

  constructor(id: string) {
    this.id = id
  }

  get ownerId() {
    return this.id
  }
}

/** A patient finds only themselves, whatever id is asked for. */
export const patientReference: ReferenceResolver = ({ id }, { viewer }) =>
  viewer.role === Role.SYSTEM || viewer.patientIds.includes(String(id)) ? new PatientStub(String(id)) : null
