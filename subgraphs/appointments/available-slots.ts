import type { FilterQuery } from '@mikro-orm/core'
import { Arg, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import type { Context } from '../runtime/context.ts'
import { encodeCursor, instantAndId, page, PageInfo, pageSize } from '../runtime/page.ts'
import { LocalDate } from '../runtime/scalars.ts'
import { Role } from '../runtime/viewer.ts'
import { Appointment } from './appointment.entity.ts'
import { AppointmentKind, AppointmentStatus, MovedBy } from './appointment-status.ts'
import { AvailableSlotType } from './available-slot.type.ts'
import { ClinicMode } from './clinic-mode.ts'
import { clinicOf } from './clinic.type.ts'
import { type Days, hasSeat, offered } from './offered-slots.ts'
import { Slot } from './slot.entity.ts'
import { whyNotReschedule } from './why-not.ts'

const shown = { roles: [Role.PATIENT, Role.STAFF] }

@ObjectType({ description: 'A page of the times to which an appointment can be changed.' })
export class AvailableSlotConnection {
  @Auth(shown)
  @Field(() => [AvailableSlotType], { description: 'The times of this page, the soonest first.' })
  readonly nodes!: Slot[]

  @Auth(shown)
  @Field(() => PageInfo, { description: 'Where the page ends.' })
  readonly pageInfo!: PageInfo

  @Auth(shown)
  @Field(() => Int, { description: 'How many there are on all pages.' })
  readonly totalCount!: number | (() => Promise<number>)
}

interface Wanted extends Days {
  readonly first: number
  readonly after?: string | undefined
}

const soonestFirst = { startsAt: 'asc', id: 'asc' } as const

/** Times to which the appointment can be changed now; null when it is not there, or not the viewer's. */
export async function availableSlots(
  context: Context,
  appointmentId: string,
  { first, after, ...days }: Wanted,
): Promise<AvailableSlotConnection | null> {
  const { em } = context
  const size = pageSize(first)
  const further = after === undefined ? {} : later(after)
  const appointment = await em.findOne(Appointment, { id: appointmentId })
  if (!appointment) return null
  if (!(await canChoose(context, appointment))) return nothing
  const all = { $and: [offered(context, appointment, chooser(context), days), hasSeat()] }
  const slots = await em.find(Slot, { $and: [all, further] }, { orderBy: soonestFirst, limit: size + 1 })
  const cursorOf = ({ startsAt, id }: Slot) => encodeCursor(+startsAt, id)
  return { ...page(slots, size, cursorOf), totalCount: () => em.count(Slot, all) }
}

/** The soonest times that are free now: for somebody whose choice is gone. */
export function freshSlots(context: Context, appointment: Appointment, by: MovedBy): Promise<Slot[]> {
  const free = { $and: [offered(context, appointment, by), hasSeat()] }
  return context.em.find(Slot, free, { orderBy: soonestFirst, limit: 20 })
}

const nothing: AvailableSlotConnection = {
  nodes: [],
  pageInfo: { hasNextPage: false, endCursor: null },
  totalCount: 0,
}

const chooser = ({ viewer }: Context) => (viewer.role === Role.STAFF ? MovedBy.HOSPITAL : MovedBy.PATIENT)

/** Staff choose for somebody who asked; patients where they need not ask. */
async function canChoose(context: Context, appointment: Appointment): Promise<boolean> {
  if (chooser(context) === MovedBy.HOSPITAL) {
    const { status, kind, startsAt } = appointment
    const isToCome = status === AppointmentStatus.BOOKED && startsAt > context.clock.now()
    return isToCome && kind === AppointmentKind.OUTPATIENT
  }
  const clinic = await clinicOf(context, appointment)
  return !(await whyNotReschedule(context, appointment, clinic, ClinicMode.DIRECT))
}

function later(cursor: string): FilterQuery<Slot> {
  const [at, id] = instantAndId(cursor)
  return { startsAt: { $gte: at }, $or: [{ startsAt: { $gt: at } }, { id: { $gt: id } }] }
}

@Resolver()
export class AvailableSlots {
  @Auth(shown)
  @Query(() => AvailableSlotConnection, {
    nullable: true,
    description:
      'Times to which the appointment can be changed now, the soonest first: same clinic, clinician and place, from tomorrow and for so many weeks. Null when the appointment is not there or not yours; empty when there are none, or it cannot be changed. For staff, who agree to a request: any time to come.',
  })
  availableSlots(
    @Arg('appointmentId', () => ID, { description: 'The appointment to be changed.' }) appointmentId: string,
    @Arg('from', () => LocalDate, { nullable: true, description: 'From this London day on.' }) from: string | undefined,
    @Arg('until', () => LocalDate, { nullable: true, description: 'To this London day, inclusive.' })
    until: string | undefined,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many: 1 to 50.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' })
    after: string | undefined,
    @Ctx() context: Context,
  ): Promise<AvailableSlotConnection | null> {
    return availableSlots(context, appointmentId, { first, from, until, after: after ?? undefined })
  }
}
