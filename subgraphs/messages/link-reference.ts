import { randomBytes } from 'node:crypto'

/** 128 bits that cannot be guessed, and give no right to anything. */
export const newLinkReference = () => randomBytes(16).toString('base64url')
