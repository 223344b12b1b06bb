import anyAscii from 'any-ascii'

/** What one text may hold before it costs, and arrives, as two. */
export const textLength = 160

/** The letters of a text message (GSM 03.38). Any other turns the whole text into one of 70 characters. */
const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const single = new Set(basic)
/** Sent as an escape and a letter: they count as two. */
const double = new Set('^{}\\[~]|€\f')

/** How many of the 160 places a text takes. Infinite when it holds a letter that a text cannot. */
export function gsm7Length(text: string): number {
  let length = 0
  for (const letter of text) length += single.has(letter) ? 1 : double.has(letter) ? 2 : Infinity
  return length
}

/** The same words in the letters of a text: "Łukasz" becomes "Lukasz", and "Zoé" stays. */
export function toGsm7(text: string): string {
  return Array.from(text.normalize('NFC'), (letter) => (gsm7Length(letter) < Infinity ? letter : ascii(letter))).join(
    '',
  )
}

const ascii = (letter: string) =>
  Array.from(anyAscii(letter))
    .filter((it) => single.has(it))
    .join('')
