import type { SubgraphDefinition } from '../runtime/subgraph.ts'
import { AcceptAppointment } from './accept-appointment.ts'
import { FindAppointment } from './appointment.ts'
import { Appointment } from './appointment.entity.ts'
import { appointmentEvents } from './appointment-events.ts'
import { appointmentById, AppointmentFields } from './appointment.type.ts'
import { AppointmentAccesses } from './appointment-accesses.ts'
import { AppointmentChanges } from './appointment-changes.ts'
import { AppointmentsOfPatient } from './appointments-of-patient.ts'
import { AvailableSlots } from './available-slots.ts'
import { watchBankHolidays } from './bank-holidays.ts'
import { CancelAppointment } from './cancel-appointment.ts'
import { CancellationFields } from './cancellation.type.ts'
import { Clinic } from './clinic.entity.ts'
import { clinicByCode, ClinicFields } from './clinic.type.ts'
import { firstAppointmentsStep } from './migrations/first-step.ts'
import { secondAppointmentsStep } from './migrations/second-step.ts'
import { thirdAppointmentsStep } from './migrations/third-step.ts'
import { patientReference } from './patient.stub.ts'
import { policy } from './policy.ts'
import { PublishClinic } from './publish-clinic.ts'
import { PublishSlots } from './publish-slots.ts'
import { RecordAppointment } from './record-appointment.ts'
import { RecordArrangements } from './record-arrangements.ts'
import { RecordAttendance } from './record-attendance.ts'
import { RecordCancellation } from './record-cancellation.ts'
import { RecordAdmission } from './stays/record-admission.ts'
import { releaseCancelled } from './release-cancelled.ts'
import { RescheduleAppointment } from './reschedule-appointment.ts'
import { Slot } from './slot.entity.ts'
import { UndoCancellation } from './undo-cancellation.ts'
import { AppointmentConflict } from './conflicts/appointment-conflict.entity.ts'
import { AgreeToChangeRequest } from './requests/agree-to-change-request.ts'
import { FindChangeRequest } from './requests/change-request.ts'
import { settleWhatIsOver } from './conflicts/settle-what-is-over.ts'
import { ChangeRequest, ChangeRequestStep } from './requests/change-request.entity.ts'
import { changeRequestById, ChangeRequestFields } from './requests/change-request.type.ts'
import { ChangeRequests } from './requests/change-requests.ts'
import { ChangeRequestsOfAppointment } from './requests/change-requests-of-appointment.ts'
import { ClaimChangeRequest } from './requests/claim-change-request.ts'
import { RefuseChangeRequest } from './requests/refuse-change-request.ts'
import { ReleaseChangeRequest } from './requests/release-change-request.ts'
import { RequestAppointmentCancellation } from './requests/request-appointment-cancellation.ts'
import { RequestAppointmentChange } from './requests/request-appointment-change.ts'
import { WithdrawChangeRequest } from './requests/withdraw-change-request.ts'
import { AnswerHospitalNotice } from './write-back/answer-hospital-notice.ts'
import { ClaimHospitalNotice } from './write-back/claim-hospital-notice.ts'
import { DueHospitalNotices } from './write-back/due-hospital-notices.ts'
import { HospitalNotice } from './write-back/hospital-notice.entity.ts'
import { hospitalNoticeById, HospitalNoticeFields } from './write-back/hospital-notice.type.ts'
import { AppointmentConflictFields, conflictById } from './conflicts/appointment-conflict.type.ts'
import { Conflicts } from './conflicts/conflicts.ts'
import { SettleConflict } from './conflicts/settle-conflict.ts'
import { RefusedHospitalNotices } from './write-back/refused-hospital-notices.ts'
import { RetryHospitalNotice } from './write-back/retry-hospital-notice.ts'
import { SettleHospitalNotice } from './write-back/settle-hospital-notice.ts'

/** Clinics, slots and appointments, and the rules for them. */
export const appointments: SubgraphDefinition = {
  name: 'appointments',
  resolvers: [
    AcceptAppointment,
    AnswerHospitalNotice,
    AgreeToChangeRequest,
    AppointmentAccesses,
    AppointmentChanges,
    AppointmentConflictFields,
    AppointmentFields,
    AppointmentsOfPatient,
    AvailableSlots,
    CancelAppointment,
    CancellationFields,
    ChangeRequestFields,
    ChangeRequests,
    ChangeRequestsOfAppointment,
    ClaimChangeRequest,
    ClaimHospitalNotice,
    ClinicFields,
    Conflicts,
    DueHospitalNotices,
    FindAppointment,
    HospitalNoticeFields,
    FindChangeRequest,
    PublishClinic,
    PublishSlots,
    RecordAdmission,
    RecordAppointment,
    RecordArrangements,
    RecordAttendance,
    RecordCancellation,
    RefuseChangeRequest,
    RefusedHospitalNotices,
    ReleaseChangeRequest,
    RequestAppointmentCancellation,
    RequestAppointmentChange,
    RescheduleAppointment,
    UndoCancellation,
    SettleConflict,
    SettleHospitalNotice,
    RetryHospitalNotice,
    WithdrawChangeRequest,
  ],
  references: {
    Appointment: ({ id }, context) => appointmentById(context, String(id)),
    AppointmentConflict: ({ id }, context) => conflictById(context, String(id)),
    ChangeRequest: ({ id }, context) => changeRequestById(context, String(id)),
    Clinic: ({ code }, context) => clinicByCode(context, String(code)),
    HospitalNotice: ({ id }, context) => hospitalNoticeById(context, String(id)),
    Patient: patientReference,
  },
  entities: [Appointment, AppointmentConflict, ChangeRequest, ChangeRequestStep, Clinic, HospitalNotice, Slot],
  policy,
  steps: [firstAppointmentsStep, secondAppointmentsStep, thirdAppointmentsStep],
  tells: appointmentEvents.subscribers,
  chores: [releaseCancelled, settleWhatIsOver, watchBankHolidays],
}
