import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readUnit } from './unit.ts'

describe('a unit', () => {
  it.each([
    [String.raw`x10\S\9/L`, 'x10⁹/L'],
    ['x10^9/L', 'x10⁹/L'],
    ['X10^9/l', 'x10⁹/L'],
    ['10*9/L', 'x10⁹/L'],
    ['10**9/L', 'x10⁹/L'],
    ['10^12/L', 'x10¹²/L'],
    ['*10^9/L', 'x10⁹/L'],
    ['x 10^9/L', 'x10⁹/L'],
    ['10*3/uL', 'x10³/uL'],
    ['g/l', 'g/L'],
    ['mmol/l', 'mmol/L'],
    ['mmol/mol', 'mmol/mol'],
    ['umol/L', 'µmol/L'],
    ['ug/l', 'µg/L'],
    ['U/L', 'U/L'],
    ['[iU]/L', 'IU/L'],
    ['m[IU]/L', 'mIU/L'],
    ['mL/min/{1.73_m2}', 'mL/min/1.73m²'],
    ['mL/min/1.73m2', 'mL/min/1.73m²'],
    ['L/L', 'L/L'],
    ['l/l', 'L/L'],
    ['fL', 'fL'],
    ['fl', 'fL'],
    ['pg', 'pg'],
    ['%', '%'],
    ['mm[Hg]', 'mmHg'],
    ['Cel', '°C'],
    ['mm/hr', 'mm/hr'],
    ['cells/µl', 'cells/µL'],
  ])('%j is written %j', (sent, written) => expect(readUnit(sent)).toBe(written))

  it.each(['', '  ', '1', '{INR}', '{ratio}', null, undefined])('%j is none', (sent) =>
    expect(readUnit(sent)).toBeNull(),
  )

  it('is written the same when it is read again', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'x10^*9/LlgmouUµ%[]{}'), maxLength: 12 }), (sent) => {
        const written = readUnit(sent)
        expect(readUnit(written)).toBe(written)
      }),
      { numRuns: 5000 },
    )
  })
})
