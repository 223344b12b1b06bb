import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { placed } from '../machine.ts'
import type { Load, Outcome } from './load.ts'

const file = fileURLToPath(new URL('generator.ts', import.meta.url))
let generator: ChildProcess | undefined

/** Puts a load on a server and waits for its end. One wrong answer fails the whole run. */
export async function putLoad(name: string, load: Load): Promise<Outcome> {
  generator ??= startGenerator()
  const answer = once(generator, 'message')
  generator.send(load)
  const [outcome] = (await answer) as [Outcome]
  if (outcome.wrong !== undefined) throw new Error(`${name} gave a wrong answer: ${outcome.wrong}`)
  if (outcome.answered === 0) throw new Error(`${name} answered nothing`)
  return outcome
}

/** One process for every load of a run: it is warm for all of them alike. */
function startGenerator(): ChildProcess {
  const [program, args] = placed('load', process.execPath, [file])
  const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  process.once('exit', () => child.kill('SIGKILL'))
  return child
}

export function endLoads(): void {
  generator?.disconnect()
  generator = undefined
}
