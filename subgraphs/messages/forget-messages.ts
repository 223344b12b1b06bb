import { Acknowledgement } from '../runtime/acknowledgement.ts'
import type { Chore } from '../runtime/chore.ts'
import { HospitalMessage } from './hospital-message.entity.ts'
import { Link } from './link.entity.ts'
import { OutgoingMessage } from './outgoing-message.entity.ts'

const day = 24 * 60 * 60 * 1000
/** How long it can be checked whether a text was from us, and how long a repeat of the hospital's is known as one. */
const keptForDays = 90

/** Throws away links that lead nowhere any more, and messages that nobody will ask about. Refused ones wait for a person. */
export const forgetMessages: Chore = {
  name: 'forget-messages',
  everySeconds: 3600,
  async run({ fork, clock }) {
    const now = clock.now()
    const old = { $lt: new Date(now.getTime() - keptForDays * day) }
    const em = fork()
    await em.nativeDelete(Link, { expiresAt: { $lte: now } })
    await em.nativeDelete(OutgoingMessage, { createdAt: old, notBefore: null })
    await em.nativeDelete(HospitalMessage, { receivedAt: old, acknowledgement: Acknowledgement.AA })
  },
}
