import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Context } from '../runtime/context.ts'
import { noPassword } from './staff/staff-password.ts'

/** What `patients` needs beside the context of every subgraph. */
export interface PatientsContext extends Context {
  readonly keys: PatientKeys
  /** True when nobody in this portal is real. */
  readonly demonstration: boolean
  /** The hosts, with their port unless it is 443, from which the keys of partners may be fetched. */
  readonly partnerKeyHosts: readonly string[]
}

const sealing = 'aes-256-gcm'

/** The secrets of the log in, all made from one key that is kept outside the database. */
export class PatientKeys {
  readonly #code: Buffer
  readonly #contact: Buffer
  readonly #seal: Buffer
  /** What a log in of staff is checked against when there is nobody with that e-mail address. */
  readonly nobody: { readonly passwordHash: string; readonly totpSealed: string }

  constructor(key: Buffer) {
    const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', key, '', `patient-portal ${purpose}`, 32))
    this.#code = derive('login code')
    this.#contact = derive('contact')
    this.#seal = derive('seal')
    this.nobody = { passwordHash: noPassword(), totpSealed: this.seal('A'.repeat(32)) }
  }

  /** The fingerprint of a code, worth nothing for another challenge. */
  codeHash(challengeId: string, code: string): string {
    return createHmac('sha256', this.#code).update(`${challengeId}:${code}`).digest('base64url')
  }

  isCode(challengeId: string, code: string, hash: string): boolean {
    return timingSafeEqual(Buffer.from(this.codeHash(challengeId, code)), Buffer.from(hash))
  }

  /** A name for a contact, a pair or an address, under which limits are counted without keeping it. */
  fingerprint(...parts: string[]): string {
    return createHmac('sha256', this.#contact).update(JSON.stringify(parts)).digest('base64url')
  }

  seal(text: string): string {
    const nonce = randomBytes(12)
    const cipher = createCipheriv(sealing, this.#seal, nonce)
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
  }

  open(sealed: string): string {
    const bytes = Buffer.from(sealed, 'base64url')
    const decipher = createDecipheriv(sealing, this.#seal, bytes.subarray(0, 12))
    decipher.setAuthTag(bytes.subarray(12, 28))
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
  }
}
