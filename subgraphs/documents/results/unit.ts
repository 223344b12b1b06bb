import { withoutEscapes } from './hl7-escapes.ts'

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹'
const raised = (digits: string) => [...digits].map((digit) => superscripts[Number(digit)] ?? digit).join('')

/** UCUM codes and other spellings, as UK laboratories print them. Whole units only: a part could mean something else. */
const asPrinted: Readonly<Record<string, string>> = {
  'mL/min/{1.73_m2}': 'mL/min/1.73m²',
  'mL/min/1.73m2': 'mL/min/1.73m²',
  'mL/min/1.73m^2': 'mL/min/1.73m²',
  'mL/min/1.73 m2': 'mL/min/1.73m²',
  'kg/m2': 'kg/m²',
  'mm[Hg]': 'mmHg',
  Cel: '°C',
}

/** A unit as the UK writes it: `x10\S\9/L`, "10*9/L" and "10^9/l" are all "x10⁹/L". Null when there is none. */
export function readUnit(reported: string | null | undefined): string | null {
  const unit = withoutEscapes(reported ?? '').trim()
  // In UCUM "1" is a number without a unit, and braces hold a remark.
  if (!unit || unit === '1' || /^\{[^}]*\}$/.test(unit)) return null
  const litres = unit.replaceAll(/(^|\/|m|µ|u|n|d|f)l(?=$|\/)/g, '$1L')
  const whole = asPrinted[litres]
  if (whole) return whole
  return litres
    .replace(/^[x×*]?\s*10\s*(?:\^|\*\*?)\s*(\d{1,2})(?=\/)/i, (_, power: string) => `x10${raised(power)}`)
    .replace(/^u(?=(?:mol|g|L|kat)\b)/, 'µ')
    .replace('[iU]', 'IU')
    .replace('[IU]', 'IU')
}
