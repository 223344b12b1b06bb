import type { Chore } from '../runtime/subgraph.ts'
import { Link } from './link.entity.ts'

const everyMilliseconds = 60 * 60 * 1000
const forgottenAt = new WeakMap<object, number>()

/** Throws away links that lead nowhere any more. */
export const forgetLinks: Chore = {
  name: 'forget-links',
  async run({ fork, clock, log }) {
    const now = clock.now()
    if (now.getTime() - (forgottenAt.get(log) ?? 0) < everyMilliseconds) return
    forgottenAt.set(log, now.getTime())
    await fork().nativeDelete(Link, { expiresAt: { $lte: now } })
  },
}
