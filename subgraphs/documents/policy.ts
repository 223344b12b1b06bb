import { everything, type RowRule, rows } from '../runtime/rows.ts'
import { Role } from '../runtime/viewer.ts'
import { AppointmentLetter } from './appointment-letter.entity.ts'

const ownAndNotKeptOut: RowRule = ({ patientIds }) => ({ patientId: { $in: patientIds }, excluded: false })

/** Who sees which rows of `documents`. A letter of a clinic the trust keeps out of the portal is not there for patients. */
export const policy = rows([AppointmentLetter, { [Role.PATIENT]: ownAndNotKeptOut, [Role.SYSTEM]: everything }])
