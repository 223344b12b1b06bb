import { randomUUID } from 'node:crypto'
import { LockMode } from '@mikro-orm/core'
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql'
import { Auth, everyone } from '../runtime/auth.ts'
import type { Context } from '../runtime/context.ts'
import { idempotent } from '../runtime/idempotency.ts'
import { outcomes } from '../runtime/outcome.ts'
import { badInput, Problem } from '../runtime/problem.ts'
import { DateTime } from '../runtime/scalars.ts'
import { Role } from '../runtime/viewer.ts'
import { ClinicNotFound } from './clinic-not-found.ts'
import { Clinic } from './clinic.entity.ts'
import { adoptBookings, lockBookings } from './slot-adoption.ts'
import { Slot } from './slot.entity.ts'

@InputType({ description: 'A time of a clinic that appointments can hold.' })
export class SlotInput {
  @Field(() => String, { description: "The hospital's own identifier of the slot." })
  hospitalId!: string

  @Field(() => DateTime, { description: 'When it starts.' })
  startsAt!: Date

  @Field(() => DateTime, { description: 'When it ends.' })
  endsAt!: Date

  @Field(() => String, { nullable: true, description: 'Who sees the patients, as patients know them.' })
  clinician?: string | null

  @Field(() => Int, { defaultValue: 1, nullable: true, description: 'How many may hold it at once.' })
  capacity?: number | null
}

@InputType({ description: 'Slots of one clinic, at most 500 at once.' })
export class PublishSlotsInput {
  @Field(() => ID, { description: 'The same key is the same request.' })
  idempotencyKey!: string

  @Field(() => ID, { description: "The clinic's code." })
  clinicCode!: string

  @Field(() => [SlotInput], { description: 'The slots.' })
  slots!: SlotInput[]
}

@ObjectType({ description: 'All of the slots are published.' })
export class SlotsPublished {
  @Auth({ roles: [Role.SYSTEM] })
  @Field(() => Int, { description: 'How many are new.' })
  readonly created: number

  @Auth({ roles: [Role.SYSTEM] })
  @Field(() => Int, { description: 'How many were published before, just so.' })
  readonly unchanged: number

  constructor(created: number, unchanged: number) {
    this.created = created
    this.unchanged = unchanged
  }
}

@ObjectType({ implements: Problem, description: 'Some of the slots cannot be. None was published.' })
export class SlotsNotUsable extends Problem {
  override message =
    'These slots end before they start, have no capacity, come twice, or were published before with other facts. Nothing was published. Correct them and send all again.'

  @Auth(everyone)
  @Field(() => [String], { description: "The hospital's own identifiers of those that cannot be." })
  readonly hospitalIds: string[]

  constructor(hospitalIds: string[]) {
    super()
    this.hospitalIds = hospitalIds
  }
}

export const PublishSlotsResult = outcomes('PublishSlotsResult', 'What publishing slots can come to.', [
  SlotsPublished,
  ClinicNotFound,
  SlotsNotUsable,
])

const atMost = 500

export async function publishSlots(
  { em }: Context,
  { clinicCode, slots }: PublishSlotsInput,
): Promise<typeof PublishSlotsResult> {
  await lockBookings(
    em,
    clinicCode,
    slots.map((it) => it.startsAt),
  )
  // One publisher for a clinic at a time: two who bring the same slots do not meet.
  const clinic = await em.findOne(Clinic, { code: clinicCode }, { lockMode: LockMode.PESSIMISTIC_WRITE })
  if (!clinic) return new ClinicNotFound(clinicCode)
  const known = await em.find(Slot, { hospitalId: { $in: slots.map((it) => it.hospitalId) } })
  const knownById = new Map(known.map((slot) => [slot.hospitalId, slot]))
  const notUsable = slots.filter((it, index) => {
    const before = knownById.get(it.hospitalId)
    const twice = slots.findIndex((other) => other.hospitalId === it.hospitalId) !== index
    return twice || !isPossible(it) || (before && !before.says({ ...factsOf(it), clinicCode }))
  })
  if (notUsable.length) return new SlotsNotUsable([...new Set(notUsable.map((it) => it.hospitalId))])
  const created = slots
    .filter((it) => !knownById.has(it.hospitalId))
    .map((it) => em.create(Slot, { ...factsOf(it), clinicCode, id: randomUUID() }))
  await em.flush()
  await adoptBookings(em, clinicCode, created)
  return new SlotsPublished(created.length, known.length)
}

const isPossible = ({ hospitalId, startsAt, endsAt, capacity }: SlotInput) =>
  hospitalId.trim() !== '' && hospitalId.length <= 100 && startsAt < endsAt && (capacity ?? 1) >= 1

const factsOf = ({ hospitalId, startsAt, endsAt, clinician, capacity }: SlotInput) => ({
  hospitalId,
  startsAt,
  endsAt,
  clinician: clinician ?? null,
  capacity: capacity ?? 1,
})

@Resolver()
export class PublishSlots {
  @Auth({ roles: [Role.SYSTEM] })
  @Mutation(() => PublishSlotsResult, {
    description: 'Publishes slots of a clinic: all, or none. Those published before, just so, are left as they are.',
  })
  publishSlots(
    @Arg('input', () => PublishSlotsInput, { description: 'The slots.' }) input: PublishSlotsInput,
    @Ctx() context: Context,
  ) {
    if (input.slots.length > atMost) throw badInput(`slots: send at most ${atMost} at once.`)
    return idempotent(context, input, publishSlots)
  }
}
