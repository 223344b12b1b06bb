import { LockMode } from '@mikro-orm/core'
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql'
import { z } from 'zod'
import { Auth } from '../runtime/auth.ts'
import { ContactCardInput } from '../runtime/contact-card.ts'
import type { Context } from '../runtime/context.ts'
import { idempotent } from '../runtime/idempotency.ts'
import { outcomes } from '../runtime/outcome.ts'
import { badInput } from '../runtime/problem.ts'
import { Role } from '../runtime/viewer.ts'
import { Appointment } from './appointment.entity.ts'
import { appointmentEvents } from './appointment-events.ts'
import { ClinicMode } from './clinic-mode.ts'
import { Clinic } from './clinic.entity.ts'
import { ClinicType } from './clinic.type.ts'
import { Medium } from './medium.ts'
import { PlaceInput, placeFrom } from './place.ts'

@InputType({ description: 'A clinic and what holds for all of its appointments. Replaces what was published before.' })
export class PublishClinicInput {
  @Field(() => ID, { description: 'The same key is the same request.' })
  idempotencyKey!: string

  @Field(() => ID, { description: "The hospital's own code of the clinic." })
  code!: string

  @Field(() => String, { description: 'The name patients know: "Dermatology clinic".' })
  name!: string

  @Field(() => String, { description: 'The specialty it belongs to.' })
  specialty!: string

  @Field(() => ClinicMode, { description: 'What patients may do by themselves about its appointments.' })
  mode!: ClinicMode

  @Field(() => ContactCardInput, {
    nullable: true,
    description: "Whom to phone. Without it, the trust's appointments team.",
  })
  contact?: ContactCardInput | null

  @Field(() => PlaceInput, { nullable: true, description: 'Where its patients come, unless a booking says otherwise.' })
  place?: PlaceInput | null

  @Field(() => Medium, { description: 'How its patients are seen, unless a booking says otherwise.' })
  medium!: Medium

  @Field(() => Int, { description: 'How long an appointment is, in minutes, unless a booking says otherwise.' })
  appointmentMinutes!: number

  @Field(() => [String], { description: 'What to bring, one thing each.' })
  whatToBring!: string[]

  @Field(() => [String], { description: 'How to prepare, one step each.' })
  preparation!: string[]

  @Field(() => String, { nullable: true, description: 'How its letters begin.' })
  letterIntroduction?: string | null

  @Field(() => String, { nullable: true, description: 'What it means not to come, for its letters.' })
  ifYouDoNotAttend?: string | null

  @Field(() => Boolean, {
    nullable: true,
    description: 'True to keep the clinic out of the portal: nothing of it is taken in or shown.',
  })
  excluded?: boolean | null
}

@ObjectType({ description: 'The clinic is published.' })
export class ClinicPublished {
  @Auth({ roles: [Role.SYSTEM] })
  @Field(() => ClinicType, { description: 'The clinic as it is now.' })
  readonly clinic: Clinic

  constructor(clinic: Clinic) {
    this.clinic = clinic
  }
}

export const PublishClinicResult = outcomes('PublishClinicResult', 'What publishing a clinic can come to.', [
  ClinicPublished,
])

const text = z.string().trim().min(1, 'must not be empty')
const checked = z.object({
  code: text.max(100, 'use at most 100 characters'),
  name: text,
  specialty: text,
  appointmentMinutes: z.int().min(1, 'must be 1 to 1440 minutes').max(1440, 'must be 1 to 1440 minutes'),
  contact: z.nullish(
    z.object({
      team: text,
      phone: z.nullish(z.e164('write phone numbers as +442079460100')),
      textphone: z.nullish(z.e164('write phone numbers as +442079460100')),
      email: z.nullish(z.email('must be an e-mail address')),
      hours: text,
    }),
  ),
})

function check(input: PublishClinicInput): void {
  const faults = checked.safeParse(input).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}.`)
  if (faults) throw badInput(faults.join(' '))
}

export async function publishClinic(
  context: Context,
  { idempotencyKey: _, place, contact, letterIntroduction, ifYouDoNotAttend, excluded, ...facts }: PublishClinicInput,
): Promise<ClinicPublished> {
  const { em } = context
  // Nothing is booked into it meanwhile: a booking that arrives now is shown or hidden with the others.
  const before = await em.findOne(Clinic, { code: facts.code }, { lockMode: LockMode.PESSIMISTIC_WRITE })
  const clinic = {
    ...facts,
    place: place ? placeFrom(place) : null,
    contact: contact ? { ...contact } : null,
    letterIntroduction: letterIntroduction ?? null,
    ifYouDoNotAttend: ifYouDoNotAttend ?? null,
    excluded: excluded ?? false,
  }
  if (before?.excluded !== clinic.excluded) await showOrHide(context, clinic)
  return new ClinicPublished(before ? em.assign(before, clinic) : em.create(Clinic, clinic))
}

/** The clinic's appointments come and go with it, and so does what other subgraphs keep of them. */
async function showOrHide(context: Context, { code, excluded }: { code: string; excluded: boolean }): Promise<void> {
  await context.em.nativeUpdate(Appointment, { clinicCode: code }, { excluded })
  appointmentEvents.record(context, excluded ? 'clinic.excluded' : 'clinic.included', { clinicCode: code })
}

@Resolver()
export class PublishClinic {
  @Auth({ roles: [Role.SYSTEM] })
  @Mutation(() => PublishClinicResult, {
    description: 'Creates a clinic, or replaces what was published under its code.',
  })
  publishClinic(
    @Arg('input', () => PublishClinicInput, { description: 'The clinic.' }) input: PublishClinicInput,
    @Ctx() context: Context,
  ) {
    check(input)
    return idempotent(context, input, publishClinic)
  }
}
