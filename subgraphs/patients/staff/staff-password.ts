import { argon2, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

/** OWASP's least for Argon2id: 19 MiB, two passes, one lane. */
const cost = { memory: 19 * 1024, passes: 2, parallelism: 1, tagLength: 32 } as const
const derive = promisify(argon2)
const shape = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9_-]+)\$([A-Za-z0-9_-]{43})$/

/** A password as it is kept: Argon2id with a salt of its own, and what it cost beside it, so that the cost can be raised. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const tag = await derive('argon2id', { ...cost, message: message(password), nonce })
  return kept(nonce, tag)
}

/** Whether this is the password. Takes as long when it is not. */
export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [, memory, passes, parallelism, salt = '', tag = ''] = shape.exec(hash) ?? []
  const nonce = Buffer.from(salt, 'base64url')
  const asKept = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
  const found = await derive('argon2id', { ...cost, ...asKept, message: message(password), nonce })
  return timingSafeEqual(found, Buffer.from(tag, 'base64url'))
}

/** The hash of no password: what an unknown e-mail address is checked against, so that it costs the same. */
export const noPassword = (): string => kept(randomBytes(16), randomBytes(cost.tagLength))

const kept = (nonce: Buffer, tag: Buffer) =>
  `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${nonce.toString('base64url')}$${tag.toString('base64url')}`

/** One keyboard writes an accent as one character, another as two. */
const message = (password: string) => password.normalize('NFKC')

/** Without the letters and digits that are mistaken for each other. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A password nobody chose: 20 characters, more than 98 bits, in groups that can be copied by hand. */
export function makePassword(): string {
  const groupOf = () => Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('')
  return Array.from({ length: 4 }, groupOf).join('-')
}
