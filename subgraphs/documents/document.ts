import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import { Role } from '../runtime/viewer.ts'
import { ClinicalDocument } from './clinical-document.ts'
import type { DocumentsContext } from './context.ts'
import { partnerDocument } from './partners/partner-records.ts'
import { AnyDocument } from './hospital-document.entity.ts'
import { isOfPartner } from './partner-id.ts'
import { shown, type ShownDocument } from './shown-document.ts'

/**
 * One document as this viewer may see it, or null when there is none, or it is not theirs. UNAVAILABLE when it is of a
 * partner that does not answer: that must never look as if there were none.
 */
export async function findDocument(context: DocumentsContext, id: string): Promise<ShownDocument | null> {
  if (isOfPartner(id)) return partnerDocument(context, id)
  const row = await context.em.findOne(AnyDocument, { id })
  return row && shown(context, row)
}

@Resolver()
export class FindDocument {
  @Auth({ roles: [Role.PATIENT, Role.SYSTEM] })
  @Query(() => ClinicalDocument, {
    nullable: true,
    description:
      "One document. Null when there is none with this id, or it is not yours. An error with the code UNAVAILABLE when it is a partner's that cannot be reached and no copy is kept.",
  })
  document(
    @Arg('id', () => ID, { description: 'As the list gives it.' }) id: string,
    @Ctx() context: DocumentsContext,
  ) {
    return findDocument(context, id)
  }
}
