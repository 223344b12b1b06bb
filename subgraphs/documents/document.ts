import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import type { Context } from '../runtime/context.ts'
import { Role } from '../runtime/viewer.ts'
import { HospitalDocument } from './hospital-document.entity.ts'
import { ClinicalDocument } from './clinical-document.ts'

@Resolver()
export class FindDocument {
  @Auth({ roles: [Role.PATIENT, Role.SYSTEM] })
  @Query(() => ClinicalDocument, {
    nullable: true,
    description: 'One document. Null when there is none with this id, or it is not yours.',
  })
  document(@Arg('id', () => ID, { description: "The portal's own id." }) id: string, @Ctx() { em }: Context) {
    return em.findOne(HospitalDocument as never, { id } as never)
  }
}
