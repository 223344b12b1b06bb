import { describe, expect, it } from 'vitest'
import { decodeAnyhow, decodeMessage } from './character-set.ts'
import { MessageRefused } from './fault.ts'

const message = (characterSet: string) =>
  `MSH|^~\\&|PAS|RWG|||2026||ADT^A31|C1|P|2.4||||||${characterSet}\rPID|1||||Zoë^Łucja`
const utf8 = (text: string) => Buffer.from(text, 'utf8')
const latin1 = (text: string) => Buffer.from(text.replace('Ł', 'L'), 'latin1')

describe('the character set of a message', () => {
  it.each(['', 'UNICODE UTF-8', 'UNICODE', 'utf-8', 'UNICODE UTF-8~8859/1'])('is UTF-8 when MSH-18 says %j', (name) => {
    expect(decodeMessage(utf8(message(name))).text).toContain('Zoë^Łucja')
  })

  it.each(['8859/1', '', 'ASCII', 'ISO8859/1'])(
    'is ISO 8859-1 when MSH-18 says %j and the bytes are no UTF-8',
    (name) => {
      const { text, decode } = decodeMessage(latin1(message(name)))
      expect(text).toContain('Zoë^Lucja')
      expect(decode(Buffer.from([0xeb]))).toBe('ë')
    },
  )

  it('may be another part of ISO 8859', () => {
    const bytes = Buffer.concat([
      Buffer.from('MSH|^~\\&|PAS|RWG|||2026||ADT^A31|C1|P|2.4||||||8859/2\rPID|1||||'),
      Buffer.from([0xa3]),
    ])
    expect(decodeMessage(bytes).text).toMatch(/Ł$/)
  })

  it.each(['BIG-5', 'UNICODE UTF-16', 'ISO IR87', '8859/12', '8859/99'])('is refused when MSH-18 says %s', (name) => {
    expect(() => decodeMessage(utf8(message(name)))).toThrow(MessageRefused)
  })

  it('is refused when the message says UTF-8 and is not', () => {
    expect(() => decodeMessage(latin1(message('UNICODE UTF-8')))).toThrow(MessageRefused)
    expect(decodeAnyhow(latin1(message('UNICODE UTF-8')))).toContain('Zoë')
  })

  it('does not fail on an escape that is no UTF-8', () => {
    expect(decodeMessage(utf8(message('UNICODE UTF-8'))).decode(Buffer.from([0xff]))).toBe('\ufffd')
  })
})
