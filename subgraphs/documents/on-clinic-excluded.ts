import { reaction } from '../runtime/reaction.ts'
import { showOrHide } from './show-or-hide.ts'

/** The trust keeps a clinic out of the portal from now on: nobody is shown what it wrote. */
export const onClinicExcluded = reaction({
  kind: 'clinic.excluded',
  read: () => Promise.resolve(),
  write: ({ em }, _, { clinicCode = '' }) => showOrHide(em, { code: clinicCode, excluded: true }),
})
