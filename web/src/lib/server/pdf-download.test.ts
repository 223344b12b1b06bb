import { expect, it } from 'vitest'
import { safeFileName } from './pdf-download.ts'

it.each([
  ['discharge-summary-2026-11-16.pdf', 'discharge-summary-2026-11-16.pdf'],
  ['Letter.PDF', 'Letter.pdf'],
  ['../../etc/passwd', 'etc-passwd.pdf'],
  ['..\\..\\letter.exe', 'letter-exe.pdf'],
  ['a";\r\nset-cookie: x=1', 'a-set-cookie-x-1.pdf'],
  ['\u202Efdp.exe', 'fdp-exe.pdf'],
  ['', 'document.pdf'],
  ['...', 'document.pdf'],
  ['ä'.repeat(9), 'document.pdf'],
  ['a'.repeat(500), `${'a'.repeat(80)}.pdf`],
])('gives a file a name that no browser and no disk can misread: %j', (name, safe) => {
  expect(safeFileName(name)).toBe(safe)
})
