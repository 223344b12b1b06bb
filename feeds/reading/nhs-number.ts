/**
 * The ten digits of an NHS number, or undefined when it is none. Spaces and dashes are welcome.
 * Ten equal digits pass the check digit and were never given to anyone.
 */
export function nhsNumber(written: string): string | undefined {
  const digits = written.replace(/[\s-]/g, '')
  if (!/^\d{10}$/.test(digits) || /^(\d)\1{9}$/.test(digits)) return undefined
  const sum = [...digits.slice(0, 9)].reduce((total, digit, index) => total + Number(digit) * (10 - index), 0)
  const check = (11 - (sum % 11)) % 11 // 10 is never issued, and no single digit equals it
  return check === Number(digits[9]) ? digits : undefined
}
