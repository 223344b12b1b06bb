import { describe, expect, it } from 'vitest'
import { MessageRefused, reasonOf } from './fault.ts'
import { parseMessage } from './message.ts'

const header = 'MSH|^~\\&|PAS|RWG|PORTAL|RWG|20261122103000||ADT^A31|C1|P|2.4'
const parse = (...lines: string[]) => parseMessage([header, ...lines].join('\r'))
const refusal = (text: string) => {
  try {
    parseMessage(text)
  } catch (error) {
    if (error instanceof MessageRefused) return reasonOf(error.faults)
    throw error
  }
  return undefined
}

describe('a message', () => {
  it('counts fields as the standard does, in MSH and elsewhere', () => {
    const message = parse('PID|1||RWG100001^^^RWG^MR')
    expect(message.header.text(1)).toBe('|')
    expect(message.header.text(3)).toBe('PAS')
    expect(message.header.text(9, 2)).toBe('A31')
    expect(message.header.text(12)).toBe('2.4')
    expect(message.segment('PID')?.text(3)).toBe('RWG100001')
    expect(message.segment('PID')?.text(3, 5)).toBe('MR')
  })

  it('tells what is empty from what is to be cleared', () => {
    const pid = parse('PID|1||""|x||""^^|a^""').segment('PID')
    expect(pid?.value(2)).toBeUndefined()
    expect(pid?.value(3)).toBeNull()
    expect(pid?.value(3, 4)).toBeNull()
    expect(pid?.value(6)).toBeNull()
    expect(pid?.value(6, 2)).toBeUndefined()
    expect(pid?.value(7, 2)).toBeNull()
    expect(pid?.value(40)).toBeUndefined()
  })

  it('reads repetitions, subcomponents and escapes', () => {
    const pid = parse('PID|1||A~~B^x&y&z\\T\\').segment('PID')
    expect(pid?.repetitions(3).map((it) => it.text())).toEqual(['A', 'B'])
    expect(pid?.repetitions(3)[1]?.text(2, 3)).toBe('z&')
  })

  it('leaves no control character in what a person will read', () => {
    expect(parse('PID|1||||Sm\u0000i\\X07\\th\\.br\\x').segment('PID')?.text(5)).toBe('Smith\nx')
  })

  it('takes the separators the message names', () => {
    const message = parseMessage('MSH#@%!$#PAS#RWG#####ADT@A31#C1#P#2.4\rPID#1##A%B@x$y!S!z|^')
    expect(message.header.text(9, 2)).toBe('A31')
    expect(message.segment('PID')?.repetitions(3)[1]?.text(2, 2)).toBe('y@z|^')
  })

  it.each(['\r', '\n', '\r\n', '\r\r', '\n\n'])('takes %j for the end of a segment', (end) => {
    const message = parseMessage([header, 'EVN||20261122', 'PID|1'].join(end) + end)
    expect(message.segments.map(({ name }) => name)).toEqual(['MSH', 'EVN', 'PID'])
  })

  it('takes a line feed for text when segments end with carriage returns', () => {
    expect(parseMessage(`${header}\rNTE|1||Ward 3\nLevel 2\rPID|1`).segment('NTE')?.text(3)).toBe('Ward 3\nLevel 2')
  })

  it('ignores a byte order mark and blank space before it', () => {
    expect(parseMessage(`\ufeff\r\n ${header}`).header.text(10)).toBe('C1')
  })

  it.each([
    ['', /^MSH: the message does not begin with an MSH segment/],
    ['hello', /^MSH: the message does not begin/],
    ['PID|1\rMSH|^~\\&|', /^MSH: the message does not begin/],
    ['FHS|^~\\&|PAS', /^MSH: this is a batch/],
    [`BHS|^~\\&|PAS\r${header}`, /^MSH: this is a batch/],
    [`${header}\rPID|1\r${header}`, /^MSH: a second MSH/],
    ['MSH', /^MSH-2: the separators/],
    ['MSH|^~|PAS', /^MSH-2: the separators/],
    ['MSH|^^^^|PAS', /^MSH-2: the separators/],
    ['MSH|ABCD|PAS', /^MSH-2: the separators/],
    ['MSH|^~\\&PAS', /^MSH-2: the separators/],
    [`${header}\rPID|1||X||Smith^An\rna||19650101\rPV1|1`, /^PID: line 3 .*PID segment before it is broken.*\\\.br\\/],
    [`${header}\rpid|1`, /^MSH: line 2 does not begin/],
    [`${header}\rPID^1`, /^MSH: line 2 does not begin/],
  ])('refuses %j, saying where and what to do', (text, reason) => expect(refusal(text)).toMatch(reason))

  it('takes a fifth separator, as version 2.7 has it', () => {
    expect(parseMessage('MSH|^~\\&#|PAS|RWG').header.text(3)).toBe('PAS')
  })

  it('says nothing of the patient when it refuses', () => {
    expect(refusal(`${header}\rPID|1||X||Smith^An\rna||19650101`)).not.toMatch(/Smith|1965|na\|/)
  })
})
