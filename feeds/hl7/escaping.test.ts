import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeText, standardSeparators, unescapeText } from './escaping.ts'

describe('escapes in a message', () => {
  it.each([
    ['Smith \\T\\ Sons', 'Smith & Sons'],
    ['a\\F\\b\\S\\c\\R\\d\\E\\e', 'a|b^c~d\\e'],
    ['Ward 3\\.br\\Level 2', 'Ward 3\nLevel 2'],
    ['Ward 3\\.sp\\\\.sp2\\Level 2', 'Ward 3\n\nLevel 2'],
    ['x10\\S\\9/L', 'x10^9/L'],
    ['Zo\\XC3AB\\', 'Zoë'],
    ['\\H\\Important\\N\\', 'Important'],
    ['\\.in+4\\indented', 'indented'],
    ['C:\\Temp', 'C:\\Temp'],
    ['50\\ off\\', '50\\ off\\'],
    ['\\X5\\', '\\X5\\'],
    ['\\\\T\\', '\\&'],
    ['', ''],
  ])('reads %j as %j', (sent, read) => expect(unescapeText(sent)).toBe(read))

  it('reads hexadecimal in the character set of the message', () => {
    const latin1 = (bytes: Uint8Array) => new TextDecoder('iso-8859-1').decode(bytes)
    expect(unescapeText('Zo\\XEB\\', standardSeparators, latin1)).toBe('Zoë')
  })

  it('uses the separators of the message', () => {
    const separators = { field: '#', component: '@', repetition: '%', escape: '!', subcomponent: '$' }
    expect(unescapeText('a!F!b!S!c \\S\\', separators)).toBe('a#b@c \\S\\')
  })

  it('reads back any text that was escaped, with no separator left in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const escaped = escapeText(text)
        expect(escaped).not.toMatch(/[|^~&\r\n]/)
        expect(unescapeText(escaped)).toBe(text)
      }),
    )
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'|^~\\&\r\nEFSTR.Xbr0D') }), (text) => {
        expect(unescapeText(escapeText(text))).toBe(text)
      }),
      { numRuns: 2000 },
    )
  })

  it('never fails, and never makes a text of escapes longer than it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'\\EFXC3A9.br+4') }), (text) => {
        expect(unescapeText(text).length).toBeLessThanOrEqual(text.length)
      }),
      { numRuns: 2000 },
    )
  })
})
