import { Directive, Field, ID, ObjectType } from 'type-graphql'
import { Auth, type Owned, Relation } from '../runtime/auth.ts'
import type { ReferenceResolver } from '../runtime/federate.ts'
import { mayMeet, takeGrant } from '../runtime/grant.ts'
import { Role } from '../runtime/viewer.ts'

/** The patient as this subgraph knows them: an id, to lead from a document to whose it is, and to add `documents` to for partners. */
@Directive('@key(fields: "id")')
@ObjectType('Patient', { description: 'A person with a record at this hospital.' })
export class PatientStub implements Owned {
  @Auth({
    roles: [Role.PATIENT, Role.PARTNER, Role.STAFF, Role.SYSTEM],
    scopes: ['patients.read'],
    relation: Relation.SELF,
  })
  @Field(() => ID, { description: "The portal's own id. Not the NHS number, nor the hospital's." })
  readonly id: string

  @Auth({ roles: [Role.PATIENT, Role.PARTNER, Role.STAFF, Role.SYSTEM], relation: Relation.SELF })
  @Directive('@external')
  @Field(() => String, {
    nullable: true,
    description: 'What a partner may see of this person in this request, for the other subgraphs. Null for all others.',
  })
  readonly grant!: string | null

  constructor(id: string) {
    this.id = id
  }

  get ownerId() {
    return this.id
  }
}

/** A patient finds only themselves, and a partner whom the grant that comes along is about, whatever id is asked for. */
export const patientReference: ReferenceResolver = ({ id, grant }, context) => {
  takeGrant(context, grant)
  return mayMeet(context.viewer, String(id)) ? new PatientStub(String(id)) : null
}
