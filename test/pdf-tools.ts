import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Programs of other people that look at a PDF: qpdf, and pdfinfo, pdftotext and pdffonts of Poppler. */
export type PdfTool = 'qpdf' | 'pdfinfo' | 'pdftotext' | 'pdffonts'

const isHere = (tool: PdfTool) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, tool)))

/** Asks one of the programs about a PDF; in the arguments, `FILE` stands for it. Gives what it printed, and fails when it does. */
export async function askOfPdf(pdf: Uint8Array, tool: PdfTool, args: readonly string[]): Promise<string> {
  await fetchPdfTools()
  const folder = mkdtempSync(join(tmpdir(), 'pdf-'))
  const file = join(folder, 'checked.pdf')
  try {
    writeFileSync(file, pdf)
    const { stdout } = await run(
      tool,
      args.map((it) => (it === 'FILE' ? file : it)),
      {
        encoding: 'latin1',
        maxBuffer: 64 * 1024 * 1024,
      },
    )
    return stdout
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** As printed in UTF-8. */
export const inUtf8 = (printed: string) => Buffer.from(printed, 'latin1').toString('utf8')

/** Debian's packages are fetched where that can be done without asking; elsewhere a person is told what to install. */
export async function fetchPdfTools(): Promise<void> {
  const tools: PdfTool[] = ['qpdf', 'pdfinfo', 'pdftotext', 'pdffonts']
  if (tools.every(isHere)) return
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    await run('apt-get', ['update'], { env })
    await run('apt-get', ['install', '-y', '--no-install-recommends', 'qpdf', 'poppler-utils'], { env })
  }
  const missing = tools.filter((tool) => !isHere(tool))
  if (missing.length > 0)
    throw new Error(
      `PDFs are checked with ${missing.join(', ')}. Install them: "apt-get install qpdf poppler-utils", or "brew install qpdf poppler"`,
    )
}
