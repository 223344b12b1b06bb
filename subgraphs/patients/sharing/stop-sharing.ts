import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Auth } from '../../runtime/auth.ts'
import type { Context } from '../../runtime/context.ts'
import { idempotent } from '../../runtime/idempotency.ts'
import { outcomes } from '../../runtime/outcome.ts'
import { Role } from '../../runtime/viewer.ts'
import { Patient } from '../patient.entity.ts'
import { PatientType } from '../patient.type.ts'
import { saidByPatient, saySharing, wordsToChange } from './say-sharing.ts'
import { everyOrganisation } from './sharing-agreement.entity.ts'
import { sharingCategories } from './sharing-terms.ts'

@InputType({ description: 'A request to stop all sharing.' })
export class StopSharingInput {
  @Field(() => ID, { description: 'A new UUID for each request; a repeat with the same one does nothing.' })
  idempotencyKey!: string
}

const patients = { roles: [Role.PATIENT] }

@ObjectType({
  description:
    'No partner organisation sees anything of the record from its next request on, also none that comes later, until the patient chooses so.',
})
export class SharingStopped {
  @Auth(patients)
  @Field(() => PatientType, { description: 'The person who stopped it.' })
  patient: Patient

  constructor(patient: Patient) {
    this.patient = patient
  }
}

const StopSharingResult = outcomes('StopSharingResult', 'What came of stopping all sharing.', [SharingStopped])

const objections = sharingCategories.map((category) => ({ category, basis: null, until: null }))

/** The patient objects to everything: for each organisation that anything was said of, and for every other there is or will be. */
export async function stopSharing(context: Context, _input: StopSharingInput): Promise<SharingStopped> {
  const { em, clock, viewer } = context
  const patient = await em.findOneOrFail(Patient, viewer.patientIds[0] ?? '')
  const said = await wordsToChange(context, viewer.patientIds)
  const under = { patientId: patient.id, ...saidByPatient(clock.now(), said) }
  const named = new Set(said.map(({ organisationCode }) => organisationCode))
  named.delete(everyOrganisation)
  // What is said of them all comes last: until then it is known since when it held for each.
  for (const organisationCode of [...named, everyOrganisation]) {
    const known = said.filter((it) => it.isAbout(organisationCode))
    await saySharing(context, { ...under, organisationCode }, objections, known)
  }
  return new SharingStopped(patient)
}

@Resolver()
export class StopSharing {
  @Auth(patients)
  @Mutation(() => StopSharingResult, {
    description:
      'Objects to all sharing of your record: with every partner organisation there is, and every one there will ever be. A later choice opens it to one again. From the next request on.',
  })
  stopSharing(@Arg('input', () => StopSharingInput) input: StopSharingInput, @Ctx() context: Context) {
    return idempotent(context, input, stopSharing)
  }
}
