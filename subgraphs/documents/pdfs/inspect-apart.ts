import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { unavailable } from '../../runtime/graph-error.ts'
import type { Findings } from './inspection/inspect.ts'
import { Turns } from './turns.ts'

const program = fileURLToPath(new URL(`./inspection/process${import.meta.url.slice(-3)}`, import.meta.url))
/** For the process to start and to answer. More than it takes on any file: that is measured in time of the processor. */
const patienceMilliseconds = 15_000
/** It may read its own program, and start its one thread: no writing, no other program, none of our settings and secrets. */
const confined = ['--permission', '--allow-fs-read=*', '--allow-worker', '--no-warnings']
/** Each that waits holds a file of up to 20 MB in memory. */
const turns = new Turns(2, 10)

/**
 * Inspects a file in a process of its own, which ends itself when the file takes too long or too much memory: that is a finding.
 * A machine that is too busy to answer is not: then the hospital's system has to try again.
 */
export const inspectApart = (
  file: Buffer,
  firstHeading: string,
  patience: number = patienceMilliseconds,
): Promise<Findings> => turns.take(() => inspectNow(file, firstHeading, patience))

function inspectNow(file: Buffer, firstHeading: string, patience: number): Promise<Findings> {
  return new Promise((resolve, reject) => {
    const child = fork(program, {
      execArgv: confined,
      env: {},
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    let started = false
    const limit = setTimeout(() => giveUp(), patience)
    const end = () => {
      clearTimeout(limit)
      child.kill('SIGKILL')
    }
    const giveUp = () => {
      end()
      reject(unavailable('PDFs cannot be checked at the moment. Send it again in a few minutes.'))
    }
    const answer = (findings: Findings) => {
      end()
      resolve(findings)
    }
    child.on('error', giveUp)
    // However it ended over a file: another reader may fare no better.
    child.on('exit', () => (started ? answer({ fault: 'TOO_COMPLEX', sections: [] }) : giveUp()))
    child.on('message', (message: 'ready' | Findings) => {
      if (message !== 'ready') return answer(message)
      started = true
      child.send({ file, firstHeading })
    })
  })
}
