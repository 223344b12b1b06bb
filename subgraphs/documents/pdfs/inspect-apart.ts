import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { unavailable } from '../../runtime/graph-error.ts'
import type { Findings } from './inspection/inspect.ts'
import { limits } from './inspection/limits.ts'
import { Turns } from './turns.ts'

const program = fileURLToPath(new URL(`./inspection/process${import.meta.url.slice(-3)}`, import.meta.url))
/** To start, before there is anything to inspect. */
const startMilliseconds = 5_000
/** It may read its own program, and start its one thread: no writing, no other program, none of our settings and secrets. */
const confined = ['--permission', '--allow-fs-read=*', '--allow-worker', '--no-warnings']
const turns = new Turns(2)

/**
 * Inspects a file in a process of its own, which is ended when it takes too long or too much memory: that is a finding. A process
 * that cannot be started is not: then the hospital's system has to try again.
 */
export const inspectApart = (file: Buffer, firstHeading: string): Promise<Findings> =>
  turns.take(() => inspectNow(file, firstHeading))

function inspectNow(file: Buffer, firstHeading: string): Promise<Findings> {
  return new Promise((resolve, reject) => {
    const child = fork(program, {
      execArgv: confined,
      env: {},
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    let started = false
    let limit = setTimeout(() => end(), startMilliseconds)
    const end = (findings?: Findings) => {
      clearTimeout(limit)
      child.kill('SIGKILL')
      if (findings) resolve(findings)
      else if (started) resolve({ fault: 'TOO_COMPLEX', sections: [] })
      else reject(unavailable('PDFs cannot be checked at the moment. Send it again in a few minutes.'))
    }
    child.on('error', () => end())
    child.on('exit', () => end())
    child.on('message', (message: 'ready' | Findings) => {
      if (message !== 'ready') return end(message)
      started = true
      clearTimeout(limit)
      limit = setTimeout(() => end(), limits.milliseconds)
      child.send({ file, firstHeading })
    })
  })
}
