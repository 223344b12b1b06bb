import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseMessage } from '../hl7/message.ts'
import { readArrangements } from './arrangements.ts'

const read = (...segments: string[]) =>
  readArrangements(parseMessage(['MSH|^~\\&|PAS|RWG|PORTAL|RWG|20261121||SIU^S14|A-1|P|2.4', ...segments].join('\r')))
const transport = (detail?: string) => ({ kind: 'TRANSPORT', ...(detail !== undefined && { detail }) })
const interpreter = (detail?: string) => ({ kind: 'INTERPRETER', ...(detail !== undefined && { detail }) })

describe('what is arranged for an appointment', () => {
  it.each([
    [['AIG|1|A|POL^Polish|INTERPRETER'], [interpreter('Polish')]],
    [['AIG|1|A|pl|INTERPRETER'], [interpreter('Polish')]],
    [['AIG|1|A|BSL|INTERP'], [interpreter('British Sign Language')]],
    [['AIG|1|A||INTERPRETER'], [interpreter()]],
    [['AIG|1|A|TRANSPORT^Ambulance car at 9:30am'], [transport('Ambulance car at 9:30am')]],
    [['AIG|1|A|TRN1|PTS'], [transport()]],
    [['AIG|1|A|^Patient transport|TRANSPORT'], [transport()]],
    [['AIP|1|A|^Nowak^Anna|INTERPRETER^Polish interpreter'], [interpreter('Polish')]],
    [['NTE|1||Polish|INTERPRETER'], [interpreter('Polish')]],
    [['NTE|1||Transport: booked'], [transport()]],
    [['NTE|1||Interpreter booked: Welsh\\.br\\Please be early'], [interpreter('Welsh')]],
    [['NTE|1||Interpreter: none', 'AIG|1|A||TRANSPORT'], [transport()]],
    [['AIP|1|A|^Nowak^Anna|INTERPRETER', 'AIG|1|A|POL|INTERPRETER'], [interpreter('Polish')]],
    [['AIG|1|A|POL|INTERPRETER', 'AIG|2|A|POL|INTERPRETER'], [interpreter('Polish')]],
    [['AIG|1|D|POL^Polish|INTERPRETER'], []],
    [['NTE|1||Transport: not needed'], []],
  ])('is read from %j', (segments, expected) => {
    expect(read(...segments)).toEqual(expected)
  })

  it.each([
    [['NTE|1||Please bring your tablets. Tell us if you need transport or an interpreter']],
    [['NTE|1||You can park near the ambulance bay']],
    [['AIG|1|A|MRI1|SCANNER']],
    [['AIP|1|A|^Shah^Priya^^^Dr|CONSULTANT']],
    [['PV1|1|O||||||||||||A8']],
  ])('is left unsaid by %j', (segments) => {
    expect(read(...segments)).toBeUndefined()
  })

  it('is words fit for the graph, whatever is written', () => {
    const cell = fc.string({
      unit: fc.constantFrom(...'aZ ^&~\\:"'.split(''), 'interpreter', 'transport', 'bsl', 'zz', '\\.br\\'),
    })
    const segment = fc
      .tuple(fc.constantFrom('AIG|1|', 'AIP|1|', 'NTE|1|'), fc.array(cell, { maxLength: 4 }))
      .map(([name, cells]) => name + cells.join('|'))
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 4 }), (segments) => {
        for (const { kind, detail } of read(...segments) ?? []) {
          expect(['TRANSPORT', 'INTERPRETER']).toContain(kind)
          if (detail !== undefined) expect(detail).toMatch(/^\S.{0,198}\S$|^\S$/)
        }
      }),
      { numRuns: 3000 },
    )
  })
})
