import { answers, freePorts, type Running, start } from '../measure/processes.ts'
import { holdBack } from '../measure/outbox.ts'
import { type Contender, host, names, production, server } from './contender.ts'

/** Gateway and subgraphs in one process. */
export const startInProcess = (folder: string) => startOne(names.inProcess, 'in-process.ts', folder)

/** The same, but nobody hears of what happened: what an act costs by itself. */
export function startHeldBack(folder: string): Promise<Contender> {
  holdBack(folder)
  return startOne(names.heldBack, 'in-process.ts', folder)
}

/** What the databases and JSON alone can do. */
export const startBare = (folder: string) => startOne(names.bare, 'bare-sql.ts', folder)

async function startOne(name: string, file: string, folder: string): Promise<Contender> {
  const [port = 0] = await freePorts(1)
  const running: Running = start({
    place: 'measured',
    args: [server(file), folder, String(port)],
    environment: production,
  })
  const origin = `http://${host}:${port}`
  await answers(`${origin}/ready`, running)
  return { name, origin, folder, front: running.pid, all: [running.pid], stop: () => running.stop() }
}
