import { Field, ObjectType } from 'type-graphql'
import { Auth, Relation } from '../../runtime/auth.ts'
import { DateTime } from '../../runtime/scalars.ts'
import { Role } from '../../runtime/viewer.ts'

const ofStaff = { roles: [Role.STAFF], relation: Relation.SELF }

@ObjectType('ChangeRequestClaim', {
  description: 'Who of the staff works on a request. Nobody else answers it meanwhile.',
})
export class ChangeRequestClaimType {
  @Auth(ofStaff)
  @Field(() => String, { description: 'Their name.' })
  staffName!: string

  @Auth(ofStaff)
  @Field(() => DateTime, { description: 'Since when.' })
  at!: Date

  @Auth(ofStaff)
  @Field(() => Boolean, { description: 'True when it is the one who asks.' })
  mine!: boolean
}
