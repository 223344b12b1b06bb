import { randomBytes, randomInt } from 'node:crypto'

/** No look-alikes and no vowels: it can be read out on the phone, and spells no word. */
const readable = '23456789CFGHJMPQRVWX'
const referenceLength = 8

/** What a message ends with, so that a patient can ask whether it is really from us. */
export const newMessageReference = () =>
  Array.from({ length: referenceLength }, () => readable[randomInt(readable.length)]).join('')

/** 128 bits that cannot be guessed, and give no right to anything. */
export const newLinkReference = () => randomBytes(16).toString('base64url')
