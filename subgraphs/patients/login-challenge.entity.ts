import { defineEntity, OptionalProps, p } from '@mikro-orm/core'
import { ContactChannel } from './contact.ts'

export const codeSeconds = 120
export const codeTries = 5
export const nhsNumberTries = 3
/** How long a resend or a switch of channel may build on what was typed. */
const usableMilliseconds = 30 * 60 * 1000

const LoginChallengeTable = defineEntity({
  name: 'LoginChallenge',
  properties: {
    id: p.string().primary(),
    channel: p.enum(() => ContactChannel),
    /** A fingerprint, so that limits are counted without keeping what was typed. */
    pairKey: p.string(),
    /** What a resend needs, sealed. */
    contactSealed: p.text(),
    bornOn: p.text(),
    device: p.string(),
    /** Whom the pair of contact and date of birth fits: nobody, one person, or twins. Nobody looks the same from outside. */
    patientIds: p.json<string[]>(),
    codeHash: p.string(),
    /** The code for whoever sends it. Wiped when it was handed over, or is too late. */
    codeSealed: p.text().nullable(),
    tries: p.integer().default(0),
    nhsNumberTries: p.integer().default(0),
    startedAt: p.datetime(3),
    expiresAt: p.datetime(3),
    /** The code was right: what comes next is a session, or the question that tells twins apart. */
    passedAt: p.datetime(3).nullable(),
    /** A newer one took its place, or it has served. */
    closedAt: p.datetime(3).nullable(),
  },
  indexes: [
    { name: 'login_challenge_pair', properties: ['pairKey', 'closedAt'] },
    { name: 'login_challenge_started', properties: ['startedAt'] },
  ],
})

/** One try to log in: a contact, a date of birth, and a code on its way. */
export class LoginChallenge extends LoginChallengeTable.class {
  declare [OptionalProps]?: 'triesLeft'

  isUsable(now: Date): boolean {
    return now.getTime() - this.startedAt.getTime() < usableMilliseconds
  }

  get triesLeft() {
    return Math.max(0, codeTries - this.tries)
  }
}
LoginChallengeTable.setClass(LoginChallenge)

const LoginAttemptTable = defineEntity({
  name: 'LoginAttempt',
  properties: {
    id: p.string().primary(),
    kind: p.string(),
    key: p.string(),
    at: p.datetime(3),
  },
  indexes: [{ name: 'login_attempt_key', properties: ['kind', 'key', 'at'] }],
})

/** One thing that limits count: a code sent, a wrong code, a request of an address. Kept a day, under a fingerprint. */
export class LoginAttempt extends LoginAttemptTable.class {}
LoginAttemptTable.setClass(LoginAttempt)
