import { grantedIds } from '../runtime/grant.ts'
import { everything, own, type RowRule, rows } from '../runtime/rows.ts'
import { Role, type Viewer } from '../runtime/viewer.ts'
import { Appointment } from './appointment.entity.ts'
import { Clinic } from './clinic.entity.ts'
import { AppointmentConflict } from './conflicts/appointment-conflict.entity.ts'
import { ChangeRequest, ChangeRequestStep } from './requests/change-request.entity.ts'
import { appointmentScope } from './shown-of-appointment.ts'
import { Slot } from './slot.entity.ts'
import { HospitalNotice } from './write-back/hospital-notice.entity.ts'

const notKeptOut: RowRule = () => ({ excluded: false })
const ownAndNotKeptOut: RowRule = ({ patientIds }) => ({ patientId: { $in: patientIds }, excluded: false })

/** What patients share with a partner that is registered for it, as far as they see it themselves. */
const sharedAndNotKeptOut: RowRule = (viewer) => ({ patientId: { $in: sharers(viewer) }, excluded: false })
const sharers = (viewer: Viewer) => (viewer.scopes.includes(appointmentScope) ? grantedIds(viewer, 'APPOINTMENTS') : [])
/** Met through an appointment that is shared, and never by itself. */
const clinicsOfShared: RowRule = (viewer) => (sharers(viewer).length ? { excluded: false } : { code: { $in: [] } })

/** Of the clinics a member of staff works for: `clinics:*`, or one scope for each. */
const theirClinics: RowRule = ({ scopes }) =>
  scopes.includes(allClinics) ? {} : { clinicCode: { $in: codesIn(scopes) } }
const theirClinicsThemselves: RowRule = ({ scopes }) =>
  scopes.includes(allClinics) ? {} : { code: { $in: codesIn(scopes) } }
const allClinics = 'clinics:*'
const codesIn = (scopes: readonly string[]) =>
  scopes.filter((scope) => scope.startsWith('clinic:')).map((scope) => scope.slice('clinic:'.length))

/** Who sees which rows of `appointments`. A clinic the trust keeps out of the portal is not there for patients. */
export const policy = rows(
  [
    Appointment,
    {
      [Role.PATIENT]: ownAndNotKeptOut,
      [Role.PARTNER]: sharedAndNotKeptOut,
      [Role.STAFF]: theirClinics,
      [Role.SYSTEM]: everything,
    },
  ],
  [
    Clinic,
    {
      [Role.PATIENT]: notKeptOut,
      [Role.PARTNER]: clinicsOfShared,
      [Role.STAFF]: theirClinicsThemselves,
      [Role.SYSTEM]: everything,
    },
  ],
  // Times of clinics are nobody's: which of them are offered, and to whom, is decided where they are read.
  [Slot, { [Role.PATIENT]: everything, [Role.STAFF]: theirClinics, [Role.SYSTEM]: everything }],
  [ChangeRequest, { [Role.PATIENT]: own, [Role.STAFF]: theirClinics, [Role.SYSTEM]: everything }],
  [ChangeRequestStep, { [Role.PATIENT]: own, [Role.STAFF]: theirClinics, [Role.SYSTEM]: everything }],
  [HospitalNotice, { [Role.PATIENT]: own, [Role.STAFF]: theirClinics, [Role.SYSTEM]: everything }],
  [AppointmentConflict, { [Role.STAFF]: theirClinics, [Role.SYSTEM]: everything }],
)
