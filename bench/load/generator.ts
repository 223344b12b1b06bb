import { Pool } from 'undici'
import type { Ask, Load, Outcome } from './load.ts'

/** A process of its own: makes the load it is told to, checks every answer, and says how long each took. */
process.on('message', (load: Load) => {
  run(load).then(
    (outcome) => process.send?.(outcome),
    (error: unknown) => process.send?.({ answered: 0, seconds: 0, p50: 0, p99: 0, wrong: String(error) }),
  )
})

async function run({ origin, connections, seconds, asks, once }: Load): Promise<Outcome> {
  const pool = new Pool(origin, { connections, pipelining: 1 })
  const latencies: number[] = []
  const started = performance.now()
  const until = started + seconds * 1000
  let next = 0
  let wrong: string | undefined
  const worker = async () => {
    for (;;) {
      const ask = asks[once ? next : next % asks.length]
      next += 1
      const asked = performance.now()
      if (!ask || wrong !== undefined || asked >= until) return
      wrong ??= await faultOf(pool, ask)
      latencies.push(performance.now() - asked)
    }
  }
  await Promise.all(Array.from({ length: connections }, worker))
  const took = (performance.now() - started) / 1000
  await pool.close()
  latencies.sort((a, b) => a - b)
  const at = (share: number) => latencies[Math.ceil(latencies.length * share) - 1] ?? 0
  const figures = { answered: latencies.length, seconds: took, p50: at(0.5), p99: at(0.99) }
  return wrong === undefined ? figures : { ...figures, wrong }
}

async function faultOf(pool: Pool, { method, path, headers, body, answer }: Ask): Promise<string | undefined> {
  const response = await pool.request({ method, path, headers, ...(body !== undefined && { body }) })
  const text = await response.body.text()
  const isRight = 'exactly' in answer ? text === answer.exactly : text.includes(answer.holding)
  if (response.statusCode === 200 && isRight) return undefined
  return `${response.statusCode} ${text.slice(0, 400)} instead of ${JSON.stringify(answer).slice(0, 400)}`
}
