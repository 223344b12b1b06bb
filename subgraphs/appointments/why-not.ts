import { batched } from '../runtime/batch.ts'
import type { Context } from '../runtime/context.ts'
import type { Appointment } from './appointment.entity.ts'
import { AppointmentKind, AppointmentStatus, CancelledBy } from './appointment-status.ts'
import { ArrangementKind } from './arrangement.ts'
import { ClinicMode } from './clinic-mode.ts'
import type { Clinic } from './clinic.entity.ts'
import { type Refusal, RefusalReason } from './refusal.ts'
import { refusal } from './refusal-words.ts'
import { ChangeRequest } from './requests/change-request.entity.ts'
import { ChangeRequestStatus } from './requests/change-request-status.ts'

/** How the patient goes about it: at once, or by asking staff. What the clinic does, unless said. */
export type Way = ClinicMode.DIRECT | ClinicMode.REQUEST

/** Why the patient cannot change its time in this way, or undefined when they can. */
export async function whyNotReschedule(
  context: Context,
  appointment: Appointment,
  clinic: Clinic,
  way?: Way,
): Promise<Refusal | undefined> {
  const { trust } = context
  const limitReached = clinic.mode === ClinicMode.DIRECT && appointment.timesRescheduled >= trust.rescheduleLimit
  const reason =
    (await whyNotAct(context, appointment, clinic)) ??
    (limitReached ? RefusalReason.LIMIT_REACHED : whyNotThisWay(clinic, way))
  return reason && refusal(reason, 'change', clinic, trust)
}

/** Why the patient cannot cancel it in this way, or undefined when they can. */
export async function whyNotCancel(
  context: Context,
  appointment: Appointment,
  clinic: Clinic,
  way?: Way,
): Promise<Refusal | undefined> {
  const reason = (await whyNotAct(context, appointment, clinic)) ?? whyNotThisWay(clinic, way)
  return reason && refusal(reason, 'cancel', clinic, context.trust)
}

/** Why the patient cannot undo its cancellation, or undefined when they can. */
export function whyNotUndo({ clock, trust }: Context, appointment: Appointment, clinic: Clinic): Refusal | undefined {
  const { status, cancelledBy, undoUntil } = appointment
  const refused = (reason: RefusalReason) => refusal(reason, 'cancel', clinic, trust)
  if (status !== AppointmentStatus.CANCELLED) return refused(RefusalReason.NOT_CANCELLED)
  if (cancelledBy === CancelledBy.HOSPITAL) return refused(RefusalReason.CANCELLED_BY_HOSPITAL)
  return undoUntil && undoUntil > clock.now() ? undefined : refused(RefusalReason.UNDO_TIME_OVER)
}

async function whyNotAct(context: Context, appointment: Appointment, clinic: Clinic) {
  const reason =
    byItself(appointment, context.clock.now()) ?? byClinic[clinic.mode] ?? byArrangement(appointment.arranged)
  if (reason) return reason
  return (await isRequestOpen(context, appointment.id)) ? RefusalReason.REQUEST_PENDING : undefined
}

function byItself({ status, startsAt, kind }: Appointment, now: Date): RefusalReason | undefined {
  if (status === AppointmentStatus.CANCELLED) return RefusalReason.ALREADY_CANCELLED
  if (status === AppointmentStatus.ADMITTED) return RefusalReason.ADMITTED
  if (status !== AppointmentStatus.BOOKED) return RefusalReason.NOT_BOOKED
  if (startsAt <= now) return RefusalReason.IN_THE_PAST
  return kind === AppointmentKind.OUTPATIENT ? undefined : RefusalReason.NOT_AN_OUTPATIENT_APPOINTMENT
}

const byClinic: Partial<Record<ClinicMode, RefusalReason>> = {
  VIEW_ONLY: RefusalReason.CLINIC_VIEW_ONLY,
  E_RS: RefusalReason.MANAGED_IN_E_RS,
}

function byArrangement(arranged: Appointment['arranged']): RefusalReason | undefined {
  if (arranged.some((it) => it.kind === ArrangementKind.TRANSPORT)) return RefusalReason.TRANSPORT_BOOKED
  return arranged.some((it) => it.kind === ArrangementKind.INTERPRETER) ? RefusalReason.INTERPRETER_BOOKED : undefined
}

function whyNotThisWay({ mode }: Clinic, way: Way | undefined): RefusalReason | undefined {
  if (!way || way === mode) return undefined
  return way === ClinicMode.DIRECT ? RefusalReason.CLINIC_ANSWERS_REQUESTS : RefusalReason.CLINIC_CHANGES_DIRECTLY
}

const isRequestOpen = batched(async ({ em }, appointmentIds) => {
  const open = await em.find(ChangeRequest, {
    appointmentId: { $in: [...appointmentIds] },
    status: ChangeRequestStatus.OPEN,
  })
  return new Map(open.map((it) => [it.appointmentId, true]))
})
