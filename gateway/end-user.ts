import type { IncomingMessage } from 'node:http'
import { badInput } from './problem.ts'

/** For whom a partner says that it asks: the person in front of its screen. The patient is shown both. */
export interface EndUser {
  /** How their organisation knows them. */
  id: string
  /** What they are there. */
  role: string
}

/** Printed ASCII that is not blank. */
const plain = /^(?=.*\S)[ -~]{1,100}$/
/** No character that is invisible or turns the text around it: people read this. */
const legible = /^(?=.*\S)[^\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]{1,100}$/u

/** Reads for whom a partner asks. Nobody looks at a record for no one: without both headers there is no answer. */
export function readEndUser(request: IncomingMessage): EndUser {
  const id = only(request, 'x-end-user-id')
  if (!plain.test(id))
    throw badInput(
      'Say for whom you ask: send the header x-end-user-id with how your organisation knows them, 1 to 100 printable ASCII characters.',
    )
  const role = decoded(only(request, 'x-end-user-role'))
  if (!legible.test(role))
    throw badInput(
      'Say what the person you ask for is, such as Consultant: send the header x-end-user-role, 1 to 100 printable characters, those outside ASCII as percent-encoded UTF-8.',
    )
  return { id, role }
}

/** A header that is sent twice says nothing: which of the two would be shown to the patient? */
function only({ headersDistinct }: IncomingMessage, name: string): string {
  const [value = '', ...more] = headersDistinct[name] ?? []
  return more.length > 0 ? '' : value
}

function decoded(value: string): string {
  try {
    return /^[ -~]{1,900}$/.test(value) ? decodeURIComponent(value) : ''
  } catch {
    return ''
  }
}
