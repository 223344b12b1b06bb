import { Directive, Field, ID, ObjectType } from 'type-graphql'
import { Auth, type Owned, Relation } from '../runtime/auth.ts'
import { DateTime } from '../runtime/scalars.ts'
import { Role } from '../runtime/viewer.ts'
import { PatientStub } from './patient.stub.ts'

const own = { roles: [Role.PATIENT, Role.SYSTEM, Role.STAFF], relation: Relation.SELF }
/** Where appointments are kept, partners see them: the rule of a field is one, wherever it stands. */
const ownAndShared = { ...own, roles: [...own.roles, Role.PARTNER], scopes: ['appointments.read'] }

/** The appointment as this subgraph knows it: an id, to which its `letter` and its `documents` are added. */
@Directive('@key(fields: "id")')
@ObjectType('Appointment', {
  description: 'A visit to a clinic, or a stay in hospital, booked by the hospital for one patient.',
})
export class AppointmentStub implements Owned {
  @Auth(ownAndShared)
  @Field(() => ID, { description: "The portal's own id." })
  readonly id: string

  @Auth(ownAndShared)
  @Directive('@external')
  @Field(() => DateTime, { description: 'When it starts.' })
  readonly startsAt!: Date

  @Auth(own)
  @Directive('@external')
  @Field(() => PatientStub, { description: 'Whose appointment it is.' })
  readonly patient!: PatientStub

  readonly ownerId: string

  constructor(id: string, ownerId: string) {
    this.id = id
    this.ownerId = ownerId
  }
}
