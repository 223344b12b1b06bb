/** A phone number as E.164, read the way people in the UK write them; undefined when it is none. */
export function phoneNumber(written: string): string | undefined {
  const plain = written
    .replace(/(?:ext?|x)\.?\s*\d+$/i, '')
    .replace(/\(0\)/g, '')
    .replace(/[\s().\-/]/g, '')
  const international = plain.replace(/^00/, '+')
  const number = international.startsWith('+') ? international : international.replace(/^0/, '+44')
  const british = /^\+440?(\d+)$/.exec(number)?.[1]
  if (british !== undefined) return /^[1-9]\d{8,9}$/.test(british) ? `+44${british}` : undefined
  return /^\+[1-9]\d{6,14}$/.test(number) ? number : undefined
}

/** Whether a number in E.164 is a UK mobile: 07 and nine digits, not 070 (personal numbers), not 076 (pagers) but 07624 (Isle of Man). */
export const isUkMobile = (e164: string): boolean => /^\+447(?:[1-57-9]\d{8}|624\d{6})$/.test(e164)
