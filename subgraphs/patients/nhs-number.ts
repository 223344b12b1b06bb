/**
 * An NHS number as ten digits, or undefined when its check digit is wrong (NHS Data Dictionary, "NHS NUMBER": weights 10 to
 * 2, 11 minus the remainder of 11; 11 is 0, and 10 is never issued). Ten equal digits pass the sum and are refused.
 */
export function parseNhsNumber(written: string): string | undefined {
  const digits = written.replaceAll(/[\s-]/g, '')
  if (!/^\d{10}$/.test(digits) || /^(\d)\1{9}$/.test(digits)) return undefined
  const sum = [...digits.slice(0, 9)].reduce((total, digit, index) => total + Number(digit) * (10 - index), 0)
  const check = (11 - (sum % 11)) % 11
  return check === Number(digits[9]) ? digits : undefined
}
