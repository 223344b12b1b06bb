import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { Auth, Relation } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { Role } from '../../runtime/viewer.ts'
import type { Patient } from '../patient.entity.ts'
import { PatientType } from '../patient.type.ts'
import { grantOf } from './grant.ts'
import { sharingCategories, SharingCategory } from './sharing-terms.ts'

/** The categories of the very grant by which the other subgraphs show this partner what they hold. */
export function sharedWithYou(context: Context, patient: Patient): SharingCategory[] {
  const { categories = [] } = grantOf(context, patient) ?? {}
  return sharingCategories.filter((it) => categories.includes(it))
}

@Resolver(() => PatientType)
export class PatientSharedWithYou {
  @Auth({ roles: [Role.PARTNER], scopes: ['patients.read'], relation: Relation.SELF })
  @FieldResolver(() => [SharingCategory], {
    description:
      'What of this record your organisation may see now, in the order of the enum. What is not named here looks like an empty list: it must not be taken for "there is none". The scopes of your token narrow what you are answered, and not this: without results.read the results are left out of documents, shared or not.',
  })
  sharedWithYou(@Root() patient: Patient, @Ctx() context: Context): SharingCategory[] {
    return sharedWithYou(context, patient)
  }
}
