import { Directive, Field, ID, ObjectType } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import { DateTime } from '../../runtime/scalars.ts'
import { Role } from '../../runtime/viewer.ts'

/** Who has just logged in is not known to the request that logs them in. */
const themselves = { roles: [Role.ANONYMOUS, Role.STAFF, Role.SYSTEM] }

@Directive('@key(fields: "id")')
@ObjectType('StaffMember', { description: 'Somebody who works at the hospital and has a log in to the staff desk.' })
export class StaffMemberType {
  @Auth(themselves)
  @Field(() => ID, { description: "The portal's own id of the staff member." })
  id!: string

  @Auth(themselves)
  @Field(() => String, { description: 'The name, as colleagues see it on what this person works on.' })
  name!: string

  @Auth(themselves)
  @Field(() => String, { description: 'The e-mail address they log in with, in small letters.' })
  email!: string

  @Auth(themselves)
  @Field(() => [ID], { nullable: true, description: 'The codes of the clinics they work for. Null: all clinics.' })
  clinicCodes!: string[] | null

  @Auth(themselves)
  @Field(() => Boolean, {
    description: 'True for clinicians, who release test results to patients, hold them and take them back.',
  })
  releasesResults!: boolean

  @Auth(themselves)
  @Field(() => DateTime, { nullable: true, description: 'When they last logged in. Null: never yet.' })
  lastLoggedInAt!: Date | null

  @Auth(themselves)
  @Field(() => DateTime, { nullable: true, description: 'Since when the log in is disabled. Null: it works.' })
  disabledAt!: Date | null
}
