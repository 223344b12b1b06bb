import { section } from './letter-content.ts'

/** Stands in whatever the portal writes to patients or prints for them. */
export const emergencies = section('If your condition gets worse', [
  'In an emergency, call 999. If it is urgent and you are not sure what to do, call 111 or go to 111.nhs.uk.',
])
