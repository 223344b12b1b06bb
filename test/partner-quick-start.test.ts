import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { packageRegistry } from './package-registry.ts'
import { PortalProcess } from './portal-process.ts'
import { type WrittenBlock, writtenBlocks } from './written-blocks.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const page = readFileSync(join(root, 'docs/partner-quick-start.md'), 'utf8')

/** What is typed, and what the page says it prints: the block right after it, where there is one. */
interface Step {
  typed: WrittenBlock
  printed: WrittenBlock | undefined
}

const blocks = writtenBlocks(page)
const steps: Step[] = blocks.flatMap((typed, index) => {
  const next = blocks[index + 1]
  return typed.language === 'sh' ? [{ typed, printed: next?.language === 'sh' ? undefined : next }] : []
})

let portal: PortalProcess
let folder: string
let outcome: Awaited<ReturnType<typeof typeIn>>

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'partner-'))
  portal = await PortalProcess.start()
  const registry = await packageRegistry()
  outcome = await typeIn(steps, {
    HOME: folder,
    PORTAL: portal.graphUrl,
    GRAPH_PORT: String(portal.place.ports.GRAPH_PORT),
    DATA_DIR: portal.place.folder,
    npm_config_registry: registry.url,
    npm_config_update_notifier: 'false',
  })
  registry.stop()
}, 300_000)
afterAll(async () => {
  await portal.remove()
  rmSync(folder, { recursive: true, force: true })
})

describe('the quick start for partners', () => {
  it('is read whole', () => {
    expect(steps.length).toBeGreaterThan(12)
    expect(blocks.every(({ language }) => ['sh', 'text', 'json'].includes(language))).toBe(true)
    // Each block of output belongs to what was typed before it.
    expect(blocks.filter(({ language }, index) => language !== 'sh' && blocks[index - 1]?.language !== 'sh')).toEqual(
      [],
    )
  })

  it.each(steps.map((step, index) => ({ ...step, index, line: step.typed.line })))(
    'prints what it says, typed word for word, at line $line',
    ({ index, printed }) => {
      const { code, output } = outcome[index] ?? { code: 'not reached', output: '' }
      expect({ code, output }).toEqual({ code: 0, output: expect.any(String) })
      if (printed?.language === 'json') expect(oneLine(output)).toMatch(pattern(oneLine(printed.text)))
      else expect(output).toMatch(pattern(printed?.text ?? ''))
    },
  )

  it('keeps the private keys to the partner, and gives nobody anything to guess from', () => {
    const secret = readFileSync(join(folder, 'partner/private-key.pem'), 'utf8').split('\n')[5] ?? ''
    expect(secret.length).toBeGreaterThan(40)
    for (const { output } of outcome) expect(output).not.toContain(secret)
  })
})

/** Types every block into one shell, which a command that fails ends. What it prints to both outputs counts. */
async function typeIn(
  all: Step[],
  settings: Record<string, string>,
): Promise<{ code: number | string; output: string }[]> {
  const at = join(folder, '.blocks')
  mkdirSync(at)
  all.forEach(({ typed }, index) => writeFileSync(join(at, `${index}.sh`), typed.text))
  const lines = all.map((_, index) => `. ${at}/${index}.sh > ${at}/${index}.out 2>&1\necho 0 > ${at}/${index}.code`)
  const { PATH = '' } = process.env
  await new Promise((resolve) => {
    const script = ['set -euo pipefail', ...lines].join('\n')
    execFile('bash', ['-c', script], { cwd: root, env: { PATH, ...settings }, timeout: 240_000 }, resolve)
  })
  return all.map((_, index) => ({
    code: Number(read(at, `${index}.code`, '1')),
    output: read(at, `${index}.out`, 'not reached'),
  }))
}

function read(at: string, name: string, otherwise: string): string {
  try {
    return readFileSync(join(at, name), 'utf8')
  } catch {
    return otherwise
  }
}

const oneLine = (json: string) => {
  try {
    return JSON.stringify(JSON.parse(json))
  } catch {
    return json
  }
}

/** The text as it stands, with `…` for anything within a line. */
const pattern = (text: string) => {
  const literal = text
    .trimEnd()
    .split('…')
    .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`^${literal.join('[^\\n]+')}\\s*$`)
}
