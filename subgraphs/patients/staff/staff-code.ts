import { Secret, TOTP, URI } from 'otpauth'

const seconds = 30
/** A clock may be wrong by one step either way. */
const stepsOff = 1

/** What a code app is told once: the secret, and the address that its QR code holds. */
export function newCodeApp(issuer: string, email: string): { secret: string; uri: string } {
  const totp = new TOTP({ issuer, label: email, secret: new Secret({ size: 20 }), period: seconds })
  return { secret: totp.secret.base32, uri: totp.toString() }
}

/** The step, counted from 1970, whose code this is: now, the one before or the one after. Undefined when it is none of them. */
export function stepOfCode(code: string, secret: string, now: Date): number | undefined {
  const totp = new TOTP({ secret: Secret.fromBase32(secret), period: seconds })
  const timestamp = now.getTime()
  const off = totp.validate({ token: code, timestamp, window: stepsOff })
  return off === null ? undefined : totp.counter({ timestamp }) + off
}

/** What a code app that was told this address shows, and for how many seconds more. */
export function codeShown(uri: string, now: Date): { code: string; secondsLeft: number } {
  const totp = URI.parse(uri)
  if (!(totp instanceof TOTP)) throw new Error('This is not the address of codes that change with time.')
  const timestamp = now.getTime()
  return { code: totp.generate({ timestamp }), secondsLeft: Math.ceil(totp.remaining({ timestamp }) / 1000) }
}
