import { reaction } from '../runtime/reaction.ts'
import { AppointmentLetter } from './appointment-letter.entity.ts'

/** The trust keeps a clinic out of the portal from now on: nobody is shown its letters. */
export const onClinicExcluded = reaction({
  kind: 'clinic.excluded',
  read: () => Promise.resolve(),
  async write({ em }, _, { clinicCode = '' }) {
    await em.nativeUpdate(AppointmentLetter, { clinicCode }, { excluded: true })
  },
})
