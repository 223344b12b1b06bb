import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { Role } from '../../runtime/viewer.ts'
import { changeRequestById, ChangeRequestType } from './change-request.type.ts'

@Resolver()
export class FindChangeRequest {
  @Auth({ roles: [Role.PATIENT, Role.STAFF] })
  @Query(() => ChangeRequestType, {
    nullable: true,
    description: 'One request. Null when there is none with this id, or it is not yours, nor of your clinics.',
  })
  changeRequest(@Arg('id', () => ID, { description: "The portal's own id." }) id: string, @Ctx() context: Context) {
    return changeRequestById(context, id)
  }
}
