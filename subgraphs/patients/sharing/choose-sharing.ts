import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { idempotent } from '../../runtime/idempotency.ts'
import { outcomes } from '../../runtime/outcome.ts'
import { Problem } from '../../runtime/problem.ts'
import { Role } from '../../runtime/viewer.ts'
import { Patient } from '../patient.entity.ts'
import { PatientType } from '../patient.type.ts'
import { decisiveWord } from './decisive-word.ts'
import { organisationNow } from './organisation-now.ts'
import { partnerOrganisation } from './partner-organisations.ts'
import { type NewWord, saidByPatient, saySharing, wordsToChange } from './say-sharing.ts'
import { type SharingAgreement, Speaker } from './sharing-agreement.entity.ts'
import { SharingHasChanged } from './sharing-has-changed.ts'
import { SharingBasis, sharingCategories, SharingCategory } from './sharing-terms.ts'
import { sharingVersion } from './sharing-version.ts'
import { OrganisationSharing } from './sharing.type.ts'

@InputType({ description: 'What an organisation may see of a record, all of it at once.' })
export class ChooseSharingInput {
  @Field(() => ID, { description: 'A new UUID for each request; a repeat with the same one does nothing.' })
  idempotencyKey!: string

  @Field(() => ID, { description: "The organisation's ODS code." })
  organisationCode!: string

  @Field(() => ID, {
    description:
      'Its version on the page the person chose from. Another one changes nothing, unless this choice holds already.',
  })
  version!: string

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

  @Auth(patients)
  @Field(() => OrganisationSharing, { description: 'What the organisation may see now.' })
  organisation(@Ctx() context: Context) {
    return organisationNow(context, this.organisationCode)
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
  SharingHasChanged,
  SharingNotPossible,
])

/** Keeps the word of the patient on every category: consent to those chosen, an objection to the others. */
export async function chooseSharing(
  context: Context,
  { organisationCode, version, categories }: ChooseSharingInput,
): Promise<typeof ChooseSharingResult> {
  const { em, clock, viewer } = context
  if (!(await partnerOrganisation(context, organisationCode))) return new SharingNotPossible()
  const patient = await em.findOneOrFail(Patient, viewer.patientIds[0] ?? '')
  const known = (await wordsToChange(context, viewer.patientIds)).filter((it) => it.isAbout(organisationCode))
  const words = sharingCategories.map((category) => ({
    category,
    basis: categories.includes(category) ? SharingBasis.CONSENT : null,
    until: null,
  }))
  // A form that was sent twice finds its own choice: that is no change.
  if (version !== sharingVersion(known, clock.now()) && !isChosen(words, known))
    return new SharingHasChanged(organisationCode)
  const under = { patientId: patient.id, organisationCode, ...saidByPatient(clock.now(), known) }
  await saySharing(context, under, words, known)
  return new SharingChosen(patient, organisationCode)
}

const isChosen = (words: readonly NewWord[], known: readonly SharingAgreement[]): boolean =>
  words.every((it) => decisiveWord(known, it.category)?.says({ ...it, saidBy: Speaker.PATIENT }))

@Resolver()
export class ChooseSharing {
  @Auth(patients)
  @Mutation(() => ChooseSharingResult, {
    description: 'Says what an organisation may see of your record, all of it at once. From its next request on.',
  })
  chooseSharing(@Arg('input', () => ChooseSharingInput) input: ChooseSharingInput, @Ctx() context: Context) {
    return idempotent(context, input, chooseSharing)
  }
}
