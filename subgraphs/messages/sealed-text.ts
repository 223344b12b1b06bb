import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const cipherName = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/** Texts that nobody can read who has only the database. The key is kept outside of it. */
export class SealedTexts {
  readonly #key: Buffer

  constructor(key: Buffer) {
    if (key.length !== 32) throw new Error(`MESSAGES_KEY: must be 32 bytes (got ${key.length})`)
    this.#key = key
  }

  /** Sealed for one row: it does not open in another. */
  seal(text: string, rowId: string): string {
    const nonce = randomBytes(nonceBytes)
    const cipher = createCipheriv(cipherName, this.#key, nonce).setAAD(Buffer.from(rowId))
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
  }

  open(sealed: string, rowId: string): string {
    const bytes = Buffer.from(sealed, 'base64url')
    const decipher = createDecipheriv(cipherName, this.#key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
    decipher.setAAD(Buffer.from(rowId)).setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
    return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString('utf8')
  }
}
