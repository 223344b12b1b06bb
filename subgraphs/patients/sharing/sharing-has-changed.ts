import { Ctx, Field, ObjectType } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { Problem } from '../../runtime/problem.ts'
import { Role } from '../../runtime/viewer.ts'
import { organisationNow } from './organisation-now.ts'
import { OrganisationSharing } from './sharing.type.ts'

@ObjectType({
  implements: Problem,
  description: 'What the organisation may see changed after the page that was chosen from. Nothing was done.',
})
export class SharingHasChanged extends Problem {
  override message =
    'What this organisation can see has changed since you opened the page, so we have done nothing. Look at what it can see now, then choose again.'

  readonly organisationCode: string

  constructor(organisationCode: string) {
    super()
    this.organisationCode = organisationCode
  }

  @Auth({ roles: [Role.PATIENT] })
  @Field(() => OrganisationSharing, { description: 'What the organisation may see now.' })
  organisation(@Ctx() context: Context) {
    return organisationNow(context, this.organisationCode)
  }
}
