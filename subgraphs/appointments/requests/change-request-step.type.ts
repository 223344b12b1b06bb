import { Field, ObjectType } from 'type-graphql'
import { Auth, Relation } from '../../runtime/auth.ts'
import { DateTime } from '../../runtime/scalars.ts'
import { Role } from '../../runtime/viewer.ts'
import { ChangeRequestStepKind } from './change-request-status.ts'

const own = { roles: [Role.PATIENT, Role.STAFF, Role.SYSTEM], relation: Relation.SELF }

@ObjectType('ChangeRequestStep', { description: 'One step in the life of a request.' })
export class ChangeRequestStepType {
  @Auth(own)
  @Field(() => DateTime, { description: 'When.' })
  at!: Date

  @Auth(own)
  @Field(() => ChangeRequestStepKind, { description: 'What happened.' })
  kind!: ChangeRequestStepKind

  @Auth({ roles: [Role.STAFF], relation: Relation.SELF })
  @Field(() => String, {
    nullable: true,
    description: 'Who of the staff did it. For staff alone: to patients they are the team.',
  })
  staffName!: string | null
}
