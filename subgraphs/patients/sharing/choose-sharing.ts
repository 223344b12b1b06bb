import { Arg, Ctx, Field, FieldResolver, ID, InputType, Mutation, ObjectType, Resolver, Root } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { idempotent } from '../../runtime/idempotency.ts'
import { outcomes } from '../../runtime/outcome.ts'
import { Problem } from '../../runtime/problem.ts'
import { Role } from '../../runtime/viewer.ts'
import { Patient } from '../patient.entity.ts'
import { PatientType } from '../patient.type.ts'
import { partnerOrganisation } from './partner-organisations.ts'
import { liveWords, saySharing, wordsToChange } from './say-sharing.ts'
import { Speaker } from './sharing-agreement.entity.ts'
import { SharingBasis, sharingCategories, SharingCategory } from './sharing-terms.ts'
import { OrganisationSharing } from './sharing.type.ts'

@InputType({ description: 'What an organisation may see of a record, all of it at once.' })
export class ChooseSharingInput {
  @Field(() => ID, { description: 'A new UUID for each request; a repeat with the same one does nothing.' })
  idempotencyKey!: string

  @Field(() => ID, { description: "The organisation's ODS code." })
  organisationCode!: string

  @Field(() => [SharingCategory], {
    description: 'Everything it may see from now on; none to share nothing. What is left out is objected to.',
  })
  categories!: SharingCategory[]
}

const patients = { roles: [Role.PATIENT] }

@ObjectType({ description: 'The choice holds from the next request of the organisation on.' })
export class SharingChosen {
  @Auth(patients)
  @Field(() => PatientType, { description: 'The person who chose.' })
  patient: Patient

  readonly organisationCode: string

  constructor(patient: Patient, organisationCode: string) {
    this.patient = patient
    this.organisationCode = organisationCode
  }
}

@ObjectType({
  implements: Problem,
  description: 'Why a choice about sharing was not kept. Nothing was changed.',
})
export class SharingNotPossible extends Problem {
  override message =
    'We do not know this organisation, so nothing is shared with it. Go back to the list of organisations and choose again.'
}

const ChooseSharingResult = outcomes('ChooseSharingResult', 'What came of a choice about sharing.', [
  SharingChosen,
  SharingNotPossible,
])

/** Keeps the word of the patient on every category: consent to those chosen, an objection to the others. */
export async function chooseSharing(
  context: Context,
  { organisationCode, categories }: ChooseSharingInput,
): Promise<typeof ChooseSharingResult> {
  const { em, clock, viewer } = context
  if (!(await partnerOrganisation(context, organisationCode))) return new SharingNotPossible()
  const patient = await em.findOneOrFail(Patient, viewer.patientIds[0] ?? '')
  const known = await wordsToChange(context, viewer.patientIds, organisationCode)
  const words = sharingCategories.map((category) => ({
    category,
    basis: categories.includes(category) ? SharingBasis.CONSENT : null,
    until: null,
  }))
  const under = { patientId: patient.id, organisationCode, saidBy: Speaker.PATIENT, saidAt: clock.now() }
  await saySharing(context, under, words, known)
  return new SharingChosen(patient, organisationCode)
}

@Resolver(() => SharingChosen)
export class ChooseSharing {
  @Auth(patients)
  @Mutation(() => ChooseSharingResult, {
    description: 'Says what an organisation may see of your record, all of it at once. From its next request on.',
  })
  chooseSharing(@Arg('input', () => ChooseSharingInput) input: ChooseSharingInput, @Ctx() context: Context) {
    return idempotent(context, input, chooseSharing)
  }

  @Auth(patients)
  @FieldResolver(() => OrganisationSharing, { description: 'What the organisation may see now.' })
  async organisation(@Root() { patient, organisationCode }: SharingChosen, @Ctx() context: Context) {
    const organisation = await partnerOrganisation(context, organisationCode)
    if (!organisation) throw new Error('sharing: an organisation is gone that clients were registered for')
    const words = await liveWords(context, context.viewer.patientIds)
    const said = words.filter((it) => it.organisationCode === organisationCode)
    return new OrganisationSharing(patient.id, organisation, said, context.clock.now())
  }
}
