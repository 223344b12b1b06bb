import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { idempotent } from '../../runtime/idempotency.ts'
import { outcomes } from '../../runtime/outcome.ts'
import { badInput, Problem } from '../../runtime/problem.ts'
import { DateTime } from '../../runtime/scalars.ts'
import { Role } from '../../runtime/viewer.ts'
import { formerIdsOf, survivorOf } from '../merge/records-of-person.ts'
import { Patient } from '../patient.entity.ts'
import { PatientType } from '../patient.type.ts'
import { decisiveWord } from './decisive-word.ts'
import { partnerOrganisation } from './partner-organisations.ts'
import { type NewWord, saySharing, wordsToChange } from './say-sharing.ts'
import { type SharingAgreement, Speaker } from './sharing-agreement.entity.ts'
import { SharingBasis, sharingCategories, SharingCategory } from './sharing-terms.ts'

@InputType({ description: "The hospital's word on what an organisation may see for a person's direct care." })
export class RecordSharingInput {
  @Field(() => ID, { description: 'A new UUID for each request; a repeat with the same one does nothing.' })
  idempotencyKey!: string

  @Field(() => DateTime, {
    description: 'When the hospital decided it: something older than what is known changes nothing.',
  })
  eventAt!: Date

  @Field(() => ID, { description: 'The person, by any id their record has had.' })
  patientId!: string

  @Field(() => ID, { description: "The organisation's ODS code." })
  organisationCode!: string

  @Field(() => [SharingCategory], {
    description: 'Everything the hospital shares from now on; none when it ends what it had shared.',
  })
  categories!: SharingCategory[]

  @Field(() => DateTime, { nullable: true, description: 'When it ends by itself; null: until somebody ends it.' })
  until?: Date | null
}

const systems = { roles: [Role.SYSTEM] }

@ObjectType({ description: "The hospital's word is kept. Where the patient has decided, theirs goes on holding." })
export class SharingRecorded {
  @Auth(systems)
  @Field(() => PatientType, { description: 'The person: the surviving record, when the id is of one merged into it.' })
  patient: Patient

  constructor(patient: Patient) {
    this.patient = patient
  }
}

@ObjectType({
  implements: Problem,
  description:
    "Why the hospital's word about sharing was not kept: nobody by that id, no such organisation, or the patient objected.",
})
export class SharingNotRecorded extends Problem {
  constructor(message: string) {
    super()
    this.message = message
  }
}

const RecordSharingResult = outcomes('RecordSharingResult', "What came of the hospital's word about sharing.", [
  SharingRecorded,
  SharingNotRecorded,
])

/** Shares for direct care, and ends what the hospital itself had shared. On what the patient has decided it changes nothing. */
export async function recordSharing(
  context: Context,
  { patientId, organisationCode, eventAt, ...input }: RecordSharingInput,
): Promise<typeof RecordSharingResult> {
  const { em, clock } = context
  const until = input.until ?? null
  if (until && until <= eventAt) throw badInput('until: this must be later than eventAt, or null.')
  if (!(await partnerOrganisation(context, organisationCode)))
    return new SharingNotRecorded('No system of an organisation with this code was ever registered. Register it first.')
  const record = await em.findOne(Patient, { id: patientId })
  if (!record) return new SharingNotRecorded('There is nobody with this id. Record the person first.')
  const patient = await survivorOf(context, record)
  const former = (await formerIdsOf(context, [patient.id])).get(patient.id) ?? []
  const said = await wordsToChange(context, [patient.id, ...former])
  const known = said.filter((it) => it.isAbout(organisationCode))
  if (input.categories.some((it) => isObjected(known, it)))
    return new SharingNotRecorded(
      'The patient objected. What they objected to stays closed until they choose otherwise.',
    )
  // The hospital's clock may be ahead. What the patient says next must still be the newer word.
  const saidAt = eventAt < clock.now() ? eventAt : clock.now()
  const words = newWords(known, { categories: input.categories, until, saidAt })
  const under = { patientId: record.id, organisationCode, saidBy: Speaker.HOSPITAL, saidAt, since: saidAt }
  await saySharing(context, under, words, known)
  return new SharingRecorded(patient)
}

const isObjected = (known: readonly SharingAgreement[], category: SharingCategory): boolean => {
  const word = decisiveWord(known, category)
  return word?.saidBy === Speaker.PATIENT && word.basis == null
}

/** Of each category what is new: where the patient has decided nothing, and nothing later is known. */
function newWords(
  known: readonly SharingAgreement[],
  { categories, until, saidAt }: { categories: SharingCategory[]; until: Date | null; saidAt: Date },
): NewWord[] {
  return sharingCategories.flatMap((category) => {
    const word = decisiveWord(known, category)
    const shares = categories.includes(category)
    if (word ? word.saidBy === Speaker.PATIENT || saidAt < word.saidAt : !shares) return []
    return [{ category, basis: shares ? SharingBasis.DIRECT_CARE : null, until: shares ? until : null }]
  })
}

@Resolver()
export class RecordSharing {
  @Auth(systems)
  @Mutation(() => RecordSharingResult, {
    description:
      'The hospital shares a record with an organisation for direct care. What the patient objected to stays closed.',
  })
  recordSharing(@Arg('input', () => RecordSharingInput) input: RecordSharingInput, @Ctx() context: Context) {
    return idempotent(context, input, recordSharing)
  }
}
