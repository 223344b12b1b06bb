/** A security code as it was typed or pasted: spaces and dashes are welcome. */
export function readSecurityCode(typed: string): { code: string } | { message: string } {
  const code = typed.replace(/[\s\-–—.]/g, '')
  if (code === '') return { message: 'Enter your security code' }
  if (!/^\d{6}$/.test(code)) return { message: 'Security code must be 6 numbers' }
  return { code }
}

/** The last four digits of an NHS number; the whole number is taken too. */
export function readLastFour(typed: string): { lastFour: string } | { message: string } {
  const digits = typed.replace(/[\s\-–—]/g, '')
  if (digits === '') return { message: 'Enter the last 4 digits of your NHS number' }
  if (!/^(?:\d{6})?\d{4}$/.test(digits)) return { message: 'The last 4 digits of your NHS number must be 4 numbers' }
  return { lastFour: digits.slice(-4) }
}
