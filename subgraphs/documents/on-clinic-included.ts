import { reaction } from '../runtime/reaction.ts'
import { AppointmentLetter } from './appointment-letter.entity.ts'

/** A clinic is shown again, and so are its letters. */
export const onClinicIncluded = reaction({
  kind: 'clinic.included',
  read: () => Promise.resolve(),
  async write({ em }, _, { clinicCode = '' }) {
    await em.nativeUpdate(AppointmentLetter, { clinicCode }, { excluded: false })
  },
})
