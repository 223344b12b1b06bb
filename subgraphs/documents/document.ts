import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import type { Context } from '../runtime/context.ts'
import { Role } from '../runtime/viewer.ts'
import { HospitalDocument } from './hospital-document.entity.ts'
import { ClinicalDocument } from './clinical-document.ts'
import { shown, type ShownDocument } from './shown-document.ts'

/** One document as this viewer may see it, or null when there is none, or it is not theirs. */
export async function findDocument(context: Context, id: string): Promise<ShownDocument | null> {
  const row: HospitalDocument | null = await context.em.findOne(HospitalDocument as never, { id } as never)
  return row && shown(context, row)
}

@Resolver()
export class FindDocument {
  @Auth({ roles: [Role.PATIENT, Role.SYSTEM] })
  @Query(() => ClinicalDocument, {
    nullable: true,
    description: 'One document. Null when there is none with this id, or it is not yours.',
  })
  document(@Arg('id', () => ID, { description: "The portal's own id." }) id: string, @Ctx() context: Context) {
    return findDocument(context, id)
  }
}
