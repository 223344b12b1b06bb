import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { refusedMessages, runHospital } from '../main.ts'
import { feedsWithPortal, today } from '../testing/feeds-with-portal.ts'

let scene: Awaited<ReturnType<typeof feedsWithPortal>>
const folder = mkdtempSync(join(tmpdir(), 'hospital-'))
const bookFile = join(folder, 'book.json')
beforeAll(async () => {
  scene = await feedsWithPortal()
})
afterAll(async () => {
  await scene.stop()
  rmSync(folder, { recursive: true })
})
beforeEach(() => {
  scene.portal.forget()
  rmSync(bookFile, { force: true })
})

/** Runs a command as if it were typed. */
async function run(...args: string[]) {
  const [printed, complained]: [string[], string[]] = [[], []]
  const exit = await runHospital(args, {
    bookFile,
    opening: {
      people: [{ hospitalNumber: 'W1', given: ['Amal'], family: 'Haddad', bornOn: '1984-03-09' }],
      clinics: [],
      appointments: [],
      documents: [{ id: 'L-1', hospitalNumber: 'W1' }],
    },
    portal: { host: '127.0.0.1', port: scene.feeds.port },
    facility: 'RWG',
    now: () => today,
    listeningPort: 0,
    untilStopped: () => Promise.resolve(),
    print: (text) => void printed.push(text),
    complain: (text) => void complained.push(text),
    refused: refusedMessages(scene.settings),
  })
  return { exit, printed: printed.join(''), complained: complained.join('') }
}

/** What the portal was asked to record by the last command. */
const recorded = (field: string) => scene.portal.done.findLast((it) => it.field === field)?.input as unknown as Recorded
interface Recorded {
  hospitalId: string
  observations: { test: { code: string }; value: string; range: string; flag?: string }[]
  [name: string]: unknown
}

describe('a result the hospital in a box sends', () => {
  it('is read by the portal as it was meant', async () => {
    const { exit, printed } = await run(
      'result',
      'amal',
      '--test',
      'fbc',
      '--order',
      'R-7',
      '--clinician',
      'Mr Tom Beckett',
    )
    expect(exit).toBe(0)
    expect(printed).toContain('Full blood count R-7 was sent.')
    const result = recorded('recordTestResult')
    expect(result).toMatchObject({
      hospitalId: 'LAB^R-7^58410-2',
      panel: { code: '58410-2', name: 'Full blood count', system: 'LN' },
      department: 'HM',
      status: 'F',
      specimen: 'Blood',
      requestedBy: 'Mr Tom Beckett',
      laboratory: 'Watford General Hospital, blood sciences',
      reportedAt: today.toISOString(),
      collectedAt: '2026-11-22T07:30:00.000Z',
    })
    expect(result.observations[1]).toMatchObject({
      test: { code: '6690-2', name: 'White cell count', system: 'LN' },
      unit: 'x10^9/L',
      range: '4-11',
      flag: 'N',
      status: 'F',
    })
  })

  it('may be critical, below what can be measured, or in words', async () => {
    await run('result', 'amal', '--test', 'kidney', '--critical')
    expect(recorded('recordTestResult').observations[1]).toMatchObject({ value: '6.8', range: '3.5-5.3', flag: 'HH' })
    await run('result', 'amal', '--test', 'crp')
    expect(recorded('recordTestResult').observations).toMatchObject([{ value: '<5', range: '<5' }])
    await run('result', 'amal', '--test', 'histology')
    expect(recorded('recordTestResult')).toMatchObject({
      department: 'SP',
      laboratory: 'Watford General Hospital, cellular pathology',
      observations: [],
      report: [
        { heading: 'What was seen', paragraphs: [expect.stringContaining('8 mm') as string], items: [] },
        { heading: 'Conclusion', paragraphs: [], items: ['A harmless mole, removed completely'] },
      ],
    })
  })

  it('is preliminary, corrected and taken back under one number', async () => {
    await run('result', 'amal', '--test', 'liver', '--preliminary')
    const { hospitalId } = recorded('recordTestResult')
    expect(recorded('recordTestResult').status).toBe('P')
    await run('result', 'amal', '--test', 'liver', '--corrected')
    expect(recorded('recordTestResult')).toMatchObject({ hospitalId, status: 'C' })
    const [, order = ''] = hospitalId.split('^')
    expect((await run('withdraw-document', order)).exit).toBe(0)
    expect(recorded('recordTestResult')).toMatchObject({ hospitalId, status: 'X', observations: [] })
    expect((await run('list')).printed).toMatch(new RegExp(`${order} +Amal Haddad \\(W1\\) +liver`))
  })
})

describe('a letter the hospital in a box sends', () => {
  it('has the headings of the professional standards', async () => {
    const { exit } = await run('letter', 'amal', '--kind', 'discharge', '--id', 'HL-1')
    expect(exit).toBe(0)
    const letter = recorded('recordLetter')
    expect(letter).toMatchObject({ hospitalId: 'HL-1', kind: 'DISCHARGE_SUMMARY', title: 'Discharge summary' })
    expect(letter['sections']).toContainEqual({
      heading: 'Diagnoses',
      code: '887161000000102',
      paragraphs: [],
      items: ['Hernia of the left groin'],
    })
  })

  it('takes the place of another, and is taken back', async () => {
    await run('letter', 'amal', '--kind', 'outcome', '--replace', 'L-1', '--id', 'HL-2')
    expect(recorded('recordLetter')).toMatchObject({ hospitalId: 'HL-2', kind: 'OUTCOME_LETTER' })
    expect(recorded('withdrawDocument')).toMatchObject({ hospitalId: 'L-1' })
    expect((await run('withdraw-document', 'HL-2')).exit).toBe(0)
    expect(recorded('withdrawDocument')).toMatchObject({ hospitalId: 'HL-2' })
  })

  it('carries a PDF of a file, byte for byte, and does not print it', async () => {
    const file = join(folder, 'my letter.pdf')
    const bytes = Buffer.from(`%PDF-1.7\n${'x'.repeat(2000)}\n%%EOF`)
    writeFileSync(file, bytes)
    const { printed } = await run('letter', 'amal', '--kind', 'outcome', '--pdf', file)
    expect(recorded('recordLetter')).toMatchObject({
      sections: [],
      pdf: { base64: bytes.toString('base64'), fileName: 'my letter.pdf' },
    })
    expect(printed).toMatch(/\.\.\. \(\d+ characters\)/)
    expect(printed).not.toContain(bytes.toString('base64'))
  })
})

describe('a command about documents that cannot be carried out', () => {
  it.each([
    [['result', 'amal', '--test', 'fbc', '--corrected'], "The hospital's book has no fbc of W1 to correct."],
    [['result', 'amal'], '--test is missing.'],
    [['result', '--test', 'fbc'], '<patient> is missing.'],
    [['result', 'amal', '--test', 'mri'], '--test: "mri" is none of fbc, kidney, liver, hba1c, crp, xray, histology.'],
    [['result', 'amal', '--test', 'fbc', '--preliminary', '--corrected'], 'Choose one of'],
    [['result', 'amal', '--test', 'xray', '--critical'], '--critical: nothing in xray can be so.'],
    [['letter', 'amal', '--kind', 'love'], '--kind: "love" is none of outcome, discharge.'],
    [['letter', 'amal', '--kind', 'outcome', '--pdf', '/nowhere.pdf'], '/nowhere.pdf cannot be read.'],
    [['withdraw-document', 'HL-77'], "The hospital's book has no document HL-77."],
  ])('says why: %j', async (args, words) => {
    expect(await run(...args)).toEqual({
      exit: 1,
      printed: '',
      complained: expect.stringContaining(words) as string,
    })
  })
})
