import { everything, type RowRule, rows } from '../runtime/rows.ts'
import { Role } from '../runtime/viewer.ts'
import { Appointment } from './appointment.entity.ts'
import { Clinic } from './clinic.entity.ts'
import { Slot } from './slot.entity.ts'

const notKeptOut: RowRule = () => ({ excluded: false })
const ownAndNotKeptOut: RowRule = ({ patientIds }) => ({ patientId: { $in: patientIds }, excluded: false })

/** Who sees which rows of `appointments`. A clinic the trust keeps out of the portal is not there for patients. */
export const policy = rows(
  [Appointment, { [Role.PATIENT]: ownAndNotKeptOut, [Role.SYSTEM]: everything }],
  [Clinic, { [Role.PATIENT]: notKeptOut, [Role.SYSTEM]: everything }],
  [Slot, { [Role.SYSTEM]: everything }],
)
