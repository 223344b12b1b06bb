import { error } from '@sveltejs/kit'
import { found } from './found.ts'

/** A document of a partner is named for the hospital that keeps it: "RAL.DocumentReference.d-17". Our own ids have no dot. */
const isKeptElsewhere = (id: string) => id.includes('.')

/** The document, or the page that says that it cannot be had: away just now is not the same as not there. */
export function foundDocument<Thing>(document: Thing | null, hasGaps: boolean, id: string): Thing {
  if (!document && hasGaps)
    error(503, 'The service is not available', isKeptElsewhere(id) ? { keptElsewhere: true } : {})
  return found(document)
}
