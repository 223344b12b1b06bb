import { describe, expect, it } from 'vitest'
import { isIncomplete, keptText } from './kept-text.ts'

describe('the text of a refused message', () => {
  it('is kept whole while it is short', () => {
    const text = `MSH|...\rOBX|1|ED|PDF||^application^pdf^Base64^${'A'.repeat(5000)}||||||F`
    expect(keptText(text)).toBe(text)
    expect(isIncomplete(text)).toBe(false)
  })

  it.each([
    ['in one line', 'QUJD'.repeat(6_750_000)],
    ['in many', `${'QUJD'.repeat(19)}\n`.repeat(350_000)],
    ['in many, escaped', `${'QUJD'.repeat(19)}\\.br\\`.repeat(330_000)],
  ])('is kept without the file in it, %s, and says so', (_, file) => {
    const text = `MSH|...\rTXA|1|DS\rOBX|1|ED|PDF||^application^pdf^Base64^${file}||||||F`
    const kept = keptText(text)
    expect(kept).toBe(
      'MSH|...\rTXA|1|DS\rOBX|1|ED|PDF||^application^pdf^Base64^[a file of ' +
        `${file.length} characters was not kept]||||||F` +
        '\r... the files in this message were not kept',
    )
    expect(isIncomplete(kept)).toBe(true)
  })

  it.each([
    ['words', 'The quick brown fox. '.repeat(20_000)],
    ['signs that grow when they are sent', '\u0001'.repeat(60_000)],
    ['letters of three bytes', '漢'.repeat(60_000)],
  ])('is cut after so many %s', (_, long) => {
    const kept = keptText(`MSH|...\rNTE|1||${long}`)
    expect(Buffer.byteLength(JSON.stringify(kept))).toBeLessThan(81_000)
    expect(kept).toMatch(/^MSH\|\.\.\.\rNTE\|1\|\|[^]*\r\.\.\. \d+ more characters were not kept$/)
    expect(isIncomplete(kept)).toBe(true)
  })
})
