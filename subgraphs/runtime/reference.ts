import { randomInt } from 'node:crypto'

/** No look-alikes and no vowels: it can be read out on the phone, and spells no word. */
const readable = '23456789CFGHJMPQRVWX'
const length = 8

/** 8 characters by which a person asks after something on the phone. They give no right to anything. */
export const newReference = () => Array.from({ length }, () => readable[randomInt(readable.length)]).join('')
