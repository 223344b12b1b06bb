import type { Context } from '../../runtime/context.ts'
import type { Appointment } from '../appointment.entity.ts'
import { AppointmentRecordFlag } from '../appointment-record-flag.ts'
import { AppointmentStatus } from '../appointment-status.ts'
import { HospitalNotice } from '../write-back/hospital-notice.entity.ts'
import { changes, HospitalNoticeKind } from '../write-back/hospital-notice-status.ts'
import { AppointmentConflict } from './appointment-conflict.entity.ts'

/** The hospital has now done what the patient had, or cancelled the appointment: there is nothing left to agree on. */
export async function settleContradiction({ em, clock }: Context, appointment: Appointment): Promise<void> {
  const { id: appointmentId, status, startsAt } = appointment
  const reason = AppointmentRecordFlag.CONFLICTS_WITH_PATIENT
  const conflict = await em.findOne(AppointmentConflict, { appointmentId, reason, settledAt: null })
  if (!conflict) return
  const [last] = await em.find(
    HospitalNotice,
    { appointmentId, kind: { $in: [...changes] } },
    { orderBy: { sequence: 'desc' }, limit: 1 },
  )
  const isAsThePatientHadIt = last?.kind === HospitalNoticeKind.RESCHEDULED && +last.startsAt === +startsAt
  if (status === AppointmentStatus.CANCELLED || isAsThePatientHadIt)
    conflict.settle("The hospital's later word settled it.", null, clock.now())
}
