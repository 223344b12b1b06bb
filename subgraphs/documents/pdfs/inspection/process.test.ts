import { fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { memoryBomb } from '../testing/pdf-corpus.ts'
import { limits, tooMuch } from './limits.ts'

const megabyte = 1024 * 1024

it('is over as soon as a file takes too much memory, long before its time is up', async () => {
  const { code, peak } = await inspectAndWatch(memoryBomb())
  expect(code).toBe(tooMuch)
  // The whole bomb would have been 1,200 MB. Only Linux tells what a process has taken.
  if (process.platform === 'linux') expect(peak).toBeGreaterThan(limits.processBytes / 2)
  if (process.platform === 'linux') expect(peak).toBeLessThan(limits.processBytes + 200 * megabyte)
})

function inspectAndWatch(file: Buffer): Promise<{ code: number | null; peak: number }> {
  const program = fileURLToPath(new URL('./process.ts', import.meta.url))
  const child = fork(program, {
    execArgv: [],
    env: {},
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  let peak = 0
  const watch = setInterval(() => (peak = Math.max(peak, mostMemoryOf(child.pid))), 5)
  child.on('message', (message) => {
    if (message === 'ready') child.send({ file, firstHeading: 'Letter' })
    else child.kill()
  })
  return new Promise((resolve) =>
    child.on('exit', (code) => {
      clearInterval(watch)
      resolve({ code, peak })
    }),
  )
}

function mostMemoryOf(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}
