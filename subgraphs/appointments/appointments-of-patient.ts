import type { FilterQuery } from '@mikro-orm/core'
import {
  Arg,
  Ctx,
  Directive,
  Field,
  FieldResolver,
  Int,
  ObjectType,
  registerEnumType,
  Resolver,
  Root,
} from 'type-graphql'
import { Auth } from '../runtime/auth.ts'
import type { Context } from '../runtime/context.ts'
import { idsOfPerson } from '../runtime/grant.ts'
import { encodeCursor, instantAndId, page, PageInfo, pageSize } from '../runtime/page.ts'
import { Role } from '../runtime/viewer.ts'
import { Appointment } from './appointment.entity.ts'
import { AppointmentStatus } from './appointment-status.ts'
import { AppointmentType } from './appointment.type.ts'
import { PatientStub } from './patient.stub.ts'
import { appointmentScope, shownOfAppointment } from './shown-of-appointment.ts'

export enum AppointmentPeriod {
  UPCOMING = 'UPCOMING',
  PAST = 'PAST',
}
registerEnumType(AppointmentPeriod, {
  name: 'AppointmentPeriod',
  description: 'Which of the appointments, and in which order.',
  valuesConfig: {
    UPCOMING: { description: 'Those that end after now and stays that go on, the soonest first; cancelled ones too.' },
    PAST: { description: 'Those that have ended, the newest first.' },
  },
})

const shown = { roles: [Role.PATIENT, Role.SYSTEM, Role.PARTNER], scopes: [appointmentScope] }

@ObjectType({ description: 'A page of the appointments of a patient.' })
export class AppointmentConnection {
  @Auth(shown)
  @Field(() => [AppointmentType], { description: 'The appointments of this page.' })
  readonly nodes!: Appointment[]

  @Auth(shown)
  @Field(() => PageInfo, { description: 'Where the page ends.' })
  readonly pageInfo!: PageInfo

  @Auth(shown)
  @Field(() => Int, { description: 'How many there are on all pages.' })
  readonly totalCount!: () => Promise<number>
}

const order = {
  UPCOMING: { startsAt: 'asc', id: 'asc' },
  PAST: { endsAt: 'desc', id: 'desc' },
} as const

function after(period: AppointmentPeriod, cursor: string): FilterQuery<Appointment> {
  const [at, id] = instantAndId(cursor)
  return period === AppointmentPeriod.UPCOMING
    ? { startsAt: { $gte: at }, $or: [{ startsAt: { $gt: at } }, { id: { $gt: id } }] }
    : { endsAt: { $lte: at }, $or: [{ endsAt: { $lt: at } }, { id: { $lt: id } }] }
}

/** Who is in hospital is so until they leave, whenever they were to go home. Looked for first: an "or" would read all rows. */
async function upcoming({ em, clock }: Context, whose: FilterQuery<Appointment>): Promise<FilterQuery<Appointment>> {
  const now = clock.now()
  const overdue = { $and: [whose, { status: AppointmentStatus.ADMITTED, endsAt: { $lte: now } }] }
  const staying = await em.find(Appointment, overdue)
  const toCome = { endsAt: { $gt: now } }
  const stays = { id: { $in: staying.map(({ id }) => id) } }
  return { $and: [whose, staying.length ? { $or: [toCome, stays] } : toCome] }
}

const past = ({ clock }: Context, whose: FilterQuery<Appointment>): FilterQuery<Appointment> => ({
  $and: [whose, { endsAt: { $lte: clock.now() }, status: { $ne: AppointmentStatus.ADMITTED } }],
})

function appointmentsOf({ viewer }: Context, patientId: string): FilterQuery<Appointment> {
  switch (viewer.role) {
    // A patient has every id their record ever had; the rows are theirs by policy already.
    case Role.PATIENT:
      return {}
    // Several people may be asked for in one request: of each, what was granted with this id.
    case Role.PARTNER:
      return { patientId: { $in: idsOfPerson(viewer, patientId) } }
    default:
      return { patientId }
  }
}

export async function appointmentsOfPatient(
  context: Context,
  patientId: string,
  { period, first, after: cursor }: { period: AppointmentPeriod; first: number; after?: string | undefined },
): Promise<AppointmentConnection> {
  const { em } = context
  const whose = appointmentsOf(context, patientId)
  const isUpcoming = period === AppointmentPeriod.UPCOMING
  const all = isUpcoming ? await upcoming(context, whose) : past(context, whose)
  const where: FilterQuery<Appointment> = cursor === undefined ? all : { $and: [all, after(period, cursor)] }
  const size = pageSize(first)
  const rows = await em.find(Appointment, where, { orderBy: order[period], limit: size + 1 })
  const cursorOf = ({ startsAt, endsAt, id }: Appointment) => encodeCursor(+(isUpcoming ? startsAt : endsAt), id)
  return { ...page(rows, size, cursorOf), totalCount: () => em.count(Appointment, all) }
}

@Resolver(() => PatientStub)
export class AppointmentsOfPatient {
  @Auth(shownOfAppointment)
  @Directive('@requires(fields: "grant")')
  @FieldResolver(() => AppointmentConnection, { description: 'Their appointments and admissions, a page at a time.' })
  appointments(
    @Root() patient: PatientStub,
    @Arg('period', () => AppointmentPeriod, { description: 'Those to come, or those that are over.' })
    period: AppointmentPeriod,
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many: 1 to 50.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The endCursor of the page before.' })
    cursor: string | undefined,
    @Ctx() context: Context,
  ): Promise<AppointmentConnection> {
    return appointmentsOfPatient(context, patient.id, { period, first, after: cursor ?? undefined })
  }
}
