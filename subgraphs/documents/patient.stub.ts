import { Directive, Field, ID, ObjectType } from 'type-graphql'
import { Auth, type Owned, Relation } from '../runtime/auth.ts'
import { Role } from '../runtime/viewer.ts'

/** The patient as this subgraph knows them: an id alone, to lead from a document to whose it is. */
@Directive('@key(fields: "id", resolvable: false)')
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
