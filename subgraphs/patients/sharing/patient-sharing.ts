import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { Auth, Relation } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { Role } from '../../runtime/viewer.ts'
import type { Patient } from '../patient.entity.ts'
import { PatientType } from '../patient.type.ts'
import { type PartnerOrganisation, partnerOrganisations } from './partner-organisations.ts'
import { liveWords } from './say-sharing.ts'
import { OrganisationSharing } from './sharing.type.ts'

/** What each organisation may see of the person who asks: those that could ask, and those that something is shared with. */
export async function sharing(context: Context, { id }: Patient): Promise<OrganisationSharing[]> {
  const words = await liveWords(context, context.viewer.patientIds)
  const of = ({ code }: PartnerOrganisation) => words.filter((it) => it.isAbout(code))
  const now = context.clock.now()
  const organisations = await partnerOrganisations(context)
  return organisations
    .map((it) => ({ live: it.live, sharing: new OrganisationSharing(id, it, of(it), now) }))
    .filter(({ live, sharing: { categories } }) => live || categories.some(({ shared }) => shared))
    .map((it) => it.sharing)
}

@Resolver(() => PatientType)
export class PatientSharing {
  @Auth({ roles: [Role.PATIENT], relation: Relation.SELF })
  @FieldResolver(() => [OrganisationSharing], {
    description:
      'What each partner organisation may see, by name: those that could ask, and those with something shared.',
  })
  sharing(@Root() patient: Patient, @Ctx() context: Context) {
    return sharing(context, patient)
  }
}
