import { Ctx, FieldResolver, Resolver } from 'type-graphql'
import { Auth, Relation } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { DateTime } from '../../runtime/scalars.ts'
import { Role } from '../../runtime/viewer.ts'
import { PatientType } from '../patient.type.ts'
import { decisiveWord } from './decisive-word.ts'
import { liveWords } from './say-sharing.ts'
import { everyOrganisation } from './sharing-agreement.entity.ts'
import { SharingCategory } from './sharing-terms.ts'

/** Since when the person who asks shares nothing with an organisation of which they said nothing else. */
export async function sharingStoppedAt(context: Context): Promise<Date | null> {
  const words = await liveWords(context, context.viewer.patientIds)
  const ofAll = words.filter(({ organisationCode }) => organisationCode === everyOrganisation)
  // All categories are stopped together.
  return decisiveWord(ofAll, SharingCategory.APPOINTMENTS)?.since ?? null
}

@Resolver(() => PatientType)
export class PatientSharingStoppedAt {
  @Auth({ roles: [Role.PATIENT], relation: Relation.SELF })
  @FieldResolver(() => DateTime, {
    nullable: true,
    description:
      'When you stopped all sharing. Since then an organisation, also one that comes later, sees nothing but what you chose for it afterwards. Null when you did not.',
  })
  sharingStoppedAt(@Ctx() context: Context) {
    return sharingStoppedAt(context)
  }
}
