import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { subgraphNames } from './environment.ts'
import type { Running } from './one-process.ts'
import type { partsEnvironment, Places } from './parts-environment.ts'

const readyWithinMilliseconds = 60_000

/** Starts every part as a process of its own, joined by HTTP, as on many machines. */
export async function startSplit(
  parts: ReturnType<typeof partsEnvironment>,
  places: Places,
  site: string,
): Promise<Running> {
  const subgraphs = subgraphNames.map((name) => part(name, '../subgraphs/start.js', parts.subgraph(name)))
  const gateway = part('gateway', '../gateway/start.js', parts.gateway)
  const clients = [part('feeds', '../feeds/start.js', parts.feeds), part('web', '../web/start.js', parts.web)]
  const children = [...subgraphs, gateway, ...clients]
  // However this process ends, also in the middle of a start, no part outlives it.
  process.once('exit', () => children.forEach(({ child }) => child.kill()))
  const failed = new Promise<never>((_, reject) => {
    for (const { name, child } of children)
      child.once('exit', (code) => reject(new Error(`${name} ended by itself (${code ?? 'killed'})`)))
  })
  failed.catch(() => undefined)
  // Who asks goes before who answers, so that everything under way is finished.
  const stop = async () => {
    for (const group of [clients, [gateway], subgraphs]) await Promise.all(group.map(({ child }) => ended(child)))
  }
  try {
    await Promise.race([
      Promise.all([ready(places.graph.replace('/graphql', '/ready')), ready(`${site}/ready`)]),
      failed,
    ])
  } catch (error) {
    await stop()
    throw error
  }
  return { stop, failed }
}

function part(name: string, entry: string, variables: Record<string, string>): { name: string; child: ChildProcess } {
  const file = fileURLToPath(new URL(entry, import.meta.url))
  const env = { ...process.env, ...variables }
  // In a group of its own: Ctrl-C in a terminal reaches this process alone, which stops the parts in order.
  const detached = process.platform !== 'win32'
  const child = spawn(process.execPath, [file], { env, detached, stdio: ['ignore', 'inherit', 'inherit'] })
  return { name, child }
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.removeAllListeners('exit')
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}

async function ready(url: string): Promise<void> {
  const giveUpAt = Date.now() + readyWithinMilliseconds
  while (Date.now() < giveUpAt) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2000) }).catch(() => undefined)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`${url} did not become ready within a minute`)
}
