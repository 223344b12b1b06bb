import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTrust } from '../../runtime/trust.ts'
import { classOfCode, isClinicianOnly, isStricter, type ResultClasses, strictest } from './release-classes.ts'
import { clinicianOnlyInLoinc, numericInLoinc, reportsInLoinc } from './release-table/loinc.ts'
import { clinicianOnlySections, reportSections } from './release-table/sections.ts'
import { clinicianOnlyInSnomedCt, numericInSnomedCt, reportsInSnomedCt } from './release-table/snomed-ct.ts'
import { ReleaseClass } from './release-words.ts'

const { NUMERIC, REPORT, CLINICIAN_ONLY } = ReleaseClass
const none: ResultClasses = []

describe('the classes of codes', () => {
  it.each([
    ['haemoglobin', '718-7', 'LN', NUMERIC],
    ['full blood count, NHS', '1022441000000101', 'http://snomed.info/sct', NUMERIC],
    ['full blood count, SNOMED CT', '26604007', 'SCT', NUMERIC],
    ['prostate specific antigen', '2857-1', 'http://loinc.org', CLINICIAN_ONLY],
    ['prostate specific antigen, NHS', '1030791000000100', 'SCT', CLINICIAN_ONLY],
    ['HIV antigen and antibodies', '56888-1', 'urn:oid:2.16.840.1.113883.6.1', CLINICIAN_ONLY],
    ['histology', '714797009', 'SNOMED-CT', CLINICIAN_ONLY],
    ['a genetic report', '51969-4', 'LOINC', CLINICIAN_ONLY],
    ['surgical pathology, a department', 'SP', 'HL70074', CLINICIAN_ONLY],
    ['genetics, a department', 'ge', 'http://terminology.hl7.org/CodeSystem/v2-0074', CLINICIAN_ONLY],
    ['radiology, a department', 'RAD', 'HL70074', REPORT],
    ['imaging', '18748-4', 'LN', REPORT],
  ])('%s', (_, code, system, releaseClass) => expect(classOfCode({ code, system }, none)).toBe(releaseClass))

  it.each([
    ['a code nobody knows', '99999-9', 'LN'],
    ['a code of another system', '718-7', 'SCT'],
    ['a code without its system', '718-7', null],
    ['a department where codes decide', 'HM', 'HL70074'],
    ['words, such as HIV', 'HIV', 'L'],
    ['no code', null, 'LN'],
    ['nothing', ' ', 'LN'],
  ])('are unknown for %s', (_, code, system) => expect(classOfCode({ code, system }, none)).toBeUndefined())

  it('are the trust’s own for what its laboratories call tests', () => {
    const { resultClasses } = readTrust('west-herts')
    expect(classOfCode({ code: 'B0307', system: null }, resultClasses)).toBe(NUMERIC)
    expect(classOfCode({ code: 'B0307', system: 'L' }, resultClasses)).toBe(NUMERIC)
    expect(classOfCode({ code: 'B0307', system: 'ACME' }, resultClasses)).toBeUndefined()
    expect(classOfCode({ code: 'B0307', system: null }, none)).toBeUndefined()
  })

  it('cannot be loosened by a trust, and can be tightened', () => {
    const loose: ResultClasses = [{ system: 'LN', class: 'NUMERIC', codes: ['2857-1'] }]
    const tight: ResultClasses = [{ system: 'http://loinc.org', class: 'CLINICIAN_ONLY', codes: ['718-7'] }]
    expect(classOfCode({ code: '2857-1', system: 'LOINC' }, loose)).toBe(CLINICIAN_ONLY)
    expect(classOfCode({ code: '718-7', system: 'LN' }, tight)).toBe(CLINICIAN_ONLY)
  })

  it('hold what any of several codes holds', () => {
    const hb = { code: '718-7', system: 'LN' }
    expect(isClinicianOnly([hb, { code: '2857-1', system: 'LN' }], none)).toBe(true)
    expect(isClinicianOnly([hb, { code: 'unheard of', system: 'LN' }], none)).toBe(false)
    expect(isClinicianOnly([], none)).toBe(false)
  })

  it('stand once each, in the form of their system', () => {
    const loinc = [...numericInLoinc, ...clinicianOnlyInLoinc, ...reportsInLoinc]
    const snomed = [...numericInSnomedCt, ...clinicianOnlyInSnomedCt, ...reportsInSnomedCt]
    const sections = [...clinicianOnlySections, ...reportSections]
    for (const table of [loinc, snomed, sections]) expect(new Set(table).size).toBe(table.length)
    expect(loinc.filter((code) => !isLoinc(code))).toEqual([])
    expect(snomed.filter((code) => !isSnomed(code))).toEqual([])
  })

  it('are in one order of strictness', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(undefined, NUMERIC, REPORT, CLINICIAN_ONLY)), (classes) => {
        const top = strictest(classes)
        expect(top === undefined).toBe(classes.every((it) => it === undefined))
        if (top) expect(classes.some((it) => it !== undefined && isStricter(it, top))).toBe(false)
      }),
    )
  })
})

/** LOINC's check digit: the digits in odd places, from the right, doubled as one number, then Luhn's sum. */
function isLoinc(code: string): boolean {
  const [number = '', check = ''] = code.split('-')
  const digits = [...number].reverse().map(Number)
  const doubled = digits.map((digit, place) => (place % 2 ? digit : digit * 2)).map((it) => (it > 9 ? it - 9 : it))
  return (10 - (doubled.reduce((a, b) => a + b, 0) % 10)) % 10 === Number(check)
}

/** SNOMED CT's check digit, of Verhoeff. */
function isSnomed(code: string): boolean {
  const check = [...code].reverse().reduce((sum, digit, place) => {
    let moved = Number(digit)
    for (let n = 0; n < place % 8; n++) moved = Number('1576283094'[moved])
    return turned(sum, moved)
  }, 0)
  return check === 0
}
const turned = (a: number, b: number) =>
  a < 5 ? (b < 5 ? (a + b) % 5 : ((a + b - 5) % 5) + 5) : b < 5 ? ((a - b + 5) % 5) + 5 : (a - b + 5) % 5
