import { randomUUID } from 'node:crypto'
import { json } from './reply.ts'
import type { Endpoint } from './reply.ts'
import type { Subgraph } from './subgraph.ts'
import { gatewayItself } from './viewer.ts'

const ANSWER_WITHIN_MS = 2_000
const REMEMBERED_MS = 1_000

/** GET /ready: whether every subgraph answers. Asked at most once a second, however often somebody asks us. */
export function readiness(subgraphs: readonly Subgraph[], isStopping: () => boolean): Endpoint {
  let asked = -Infinity
  let missing: Promise<string[]> = Promise.resolve([])
  return async () => {
    if (isStopping()) return json(503, { ready: false, stopping: true }, { 'retry-after': '5' })
    if (performance.now() - asked > REMEMBERED_MS) {
      asked = performance.now()
      missing = missingSubgraphs(subgraphs)
    }
    const names = await missing
    return names.length === 0
      ? json(200, { ready: true })
      : json(503, { ready: false, missing: names }, { 'retry-after': '5' })
  }
}

async function missingSubgraphs(subgraphs: readonly Subgraph[]): Promise<string[]> {
  const answered = await Promise.all(subgraphs.map(answers))
  return subgraphs.filter((_, index) => !answered[index]).map(({ name }) => name)
}

async function answers({ ask }: Subgraph): Promise<boolean> {
  const signal = AbortSignal.timeout(ANSWER_WITHIN_MS)
  const late = new Promise<false>((resolve) => signal.addEventListener('abort', () => resolve(false), { once: true }))
  const asked = ask({ query: '{ __typename }', viewer: gatewayItself, requestId: randomUUID(), signal })
  return Promise.race([
    asked.then(
      ({ data }) => Boolean(data),
      () => false,
    ),
    late,
  ])
}
