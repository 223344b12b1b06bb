import { readFile } from 'node:fs/promises'
import { aPdf } from '../../subgraphs/documents/pdfs/testing/a-pdf.ts'
import { bloodCount } from './blood-count.ts'
import { expect, test } from './journey.ts'
import { reports } from './laboratory.ts'
import { opensResult, xray } from './results-at-desk.ts'
import { aClinician, comesToDesk } from './staff.ts'

test('A clinician finds a result that opened by itself, takes it back, and finds it among what waits', async ({
  visitor,
  portal,
  hospital,
}) => {
  const person = await hospital.aPerson({ given: 'Leopoldine' })
  const result = 'Full blood count of Leopoldine Quillfeather'
  await reports(portal, person, bloodCount(2, '131', 'N'))
  await comesToDesk(visitor, await aClinician(portal))
  await visitor.follows('Results')
  await visitor.sees('Results to release')
  await visitor.doesNotRead('Leopoldine')
  await visitor.follows('Results patients can read')
  await visitor.sees('Results patients can read')
  await expect(visitor.main.getByRole('row').filter({ hasText: 'Leopoldine' })).toContainText('By itself')
  await visitor.follows(result)
  await visitor.reads('Open to the patient', 'Opened by itself')
  await visitor.presses('Take back')
  await visitor.sees('Take back the result')
  await visitor.types('Reason, for colleagues', 'The sample was of another patient.')
  await visitor.presses('Take back the result')
  await visitor.reads('The result is taken back')
  await visitor.opens('/desk/results/released')
  await visitor.sees('Results patients can read')
  await visitor.doesNotRead('Leopoldine')
  await visitor.follows('results to release')
  await visitor.sees('Results to release')
  await visitor.follows(result)
  await visitor.reads('Taken back', 'The sample was of another patient.')
})

test('Whoever decides on a result reads the PDF that came with it before its patient can', async ({
  visitor,
  portal,
  hospital,
}) => {
  const person = await hospital.aPerson({ given: 'Melisande' })
  const file = aPdf({ text: 'The lungs are clear.' })
  await reports(portal, person, { report: [], pdf: file.toString('base64') })
  await comesToDesk(visitor, await aClinician(portal))
  const page = await opensResult(visitor, 'Melisande')
  await visitor.reads('PDF that came with it')
  await visitor.doesNotRead('No values and no words came with it')
  const downloading = visitor.page.waitForEvent('download')
  await visitor.page.getByRole('link', { name: /^Download the report \(PDF, \d+KB\)$/ }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toMatch(/^test-result-[\d-]+\.pdf$/)
  expect((await readFile(await download.path())).equals(file)).toBe(true)
  const headers = (await visitor.page.request.get(`${page}/pdf`)).headers()
  expect(headers).toMatchObject({
    'content-type': 'application/pdf',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'cache-control': 'no-store',
  })
  expect(headers['content-disposition']).toMatch(/^attachment; /)
})

test('A result whose PDF did not pass the checks has no file at the desk either', async ({
  visitor,
  portal,
  hospital,
}) => {
  const person = await hospital.aPerson({ given: 'Nepomuk' })
  await reports(portal, person, { pdf: Buffer.from('This is no PDF at all.').toString('base64') })
  await comesToDesk(visitor, await aClinician(portal))
  const page = await opensResult(visitor, 'Nepomuk')
  await expect(visitor.page.getByRole('link', { name: /^Download/ })).toHaveCount(0)
  await visitor.opens(`${page}/pdf`)
  await visitor.sees(new RegExp(xray))
  expect(new URL(visitor.page.url()).pathname).toBe(page)
})
