import type { SubgraphTransport } from '../main.ts'
import { names, transport } from './canned-graph.ts'

/** Subgraphs of which `patients` keeps a slow question waiting until it is let go, however fast or slow the machine is. */
export function heldSubgraphs() {
  const asked = Promise.withResolvers<void>()
  const released = Promise.withResolvers<void>()
  const answer = transport('patients')
  const patients: SubgraphTransport = async (call) => {
    if (!call.query.includes('slow')) return answer(call)
    asked.resolve()
    await released.promise
    return answer(call)
  }
  const subgraphs = { ...Object.fromEntries(names.map((name) => [name, transport(name)])), patients }
  return { subgraphs, asked: asked.promise, release: released.resolve }
}
