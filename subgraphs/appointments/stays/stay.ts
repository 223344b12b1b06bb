import type { Appointment } from '../appointment.entity.ts'
import { AppointmentStatus, CancelledBy } from '../appointment-status.ts'
import { AdmissionStep } from './admission-step.ts'
import type { RecordAdmissionInput } from './record-admission.input.ts'

/** The facts of a stay that its steps change. */
type Stay = Partial<
  Pick<
    Appointment,
    | 'status'
    | 'endsAt'
    | 'startsAt'
    | 'admittedAt'
    | 'dischargedAt'
    | 'cancelledAt'
    | 'cancelledBy'
    | 'cancellationReason'
  >
>

const notCancelled = { cancelledAt: null, cancelledBy: null, cancellationReason: null }

/**
 * What a step makes of a stay; undefined when it says nothing of a stay as this one is. What is planned is booked like
 * any appointment, and not by this.
 */
export function stayAfter(
  stay: Pick<Appointment, 'status' | 'startsAt' | 'endsAt' | 'admittedAt'>,
  { step, at, eventAt, expectedUntil, reason }: RecordAdmissionInput,
): Stay | undefined {
  const { status, startsAt, admittedAt } = stay
  const happenedAt = at ?? eventAt
  const end = expectedUntil && expectedUntil > startsAt ? { endsAt: expectedUntil } : {}
  switch (step) {
    case AdmissionStep.PLANNED:
      return status === AppointmentStatus.ADMITTED ? end : undefined
    case AdmissionStep.ADMITTED: {
      const admitted = { status: AppointmentStatus.ADMITTED, admittedAt: happenedAt, dischargedAt: null }
      return { ...admitted, ...notCancelled, ...end }
    }
    case AdmissionStep.ADMISSION_CANCELLED: {
      const began = status === AppointmentStatus.ADMITTED || status === AppointmentStatus.COMPLETED
      return began ? { status: AppointmentStatus.BOOKED, admittedAt: null, dischargedAt: null, ...end } : undefined
    }
    case AdmissionStep.PLAN_CANCELLED: {
      if (status !== AppointmentStatus.BOOKED) return undefined
      const cancelled = { cancelledAt: eventAt, cancelledBy: CancelledBy.HOSPITAL, cancellationReason: reason ?? null }
      return { status: AppointmentStatus.CANCELLED, ...cancelled }
    }
    case AdmissionStep.DISCHARGED: {
      // Sooner than it was to begin: then it began when the patient came.
      const start = happenedAt > startsAt ? {} : { startsAt: admittedAt ?? happenedAt }
      const discharged = { status: AppointmentStatus.COMPLETED, dischargedAt: happenedAt, endsAt: happenedAt }
      return { ...discharged, ...notCancelled, ...start }
    }
    case AdmissionStep.DISCHARGE_CANCELLED:
      if (status !== AppointmentStatus.COMPLETED) return undefined
      return { status: AppointmentStatus.ADMITTED, dischargedAt: null, ...end }
    default:
      return step satisfies never
  }
}
