import { reaction } from '../runtime/reaction.ts'
import { showOrHide } from './show-or-hide.ts'

/** A clinic is shown, for the first time or again, and so is what it wrote. */
export const onClinicIncluded = reaction({
  kind: 'clinic.included',
  read: () => Promise.resolve(),
  write: ({ em }, _, { clinicCode = '' }) => showOrHide(em, { code: clinicCode, excluded: false }),
})
