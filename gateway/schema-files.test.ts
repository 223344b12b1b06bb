import { QueryPlanner } from '@apollo/query-planner'
import { buildSchema, Kind, parse, validate } from 'graphql'
import { readFileSync } from 'node:fs'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { startGateway } from './main.ts'
import { MOST_TOKENS, operationLimits } from './operation-limits.ts'
import { knownOperations, supergraphText } from './schema-files.ts'

const nobody = () => Promise.reject(new Error('nobody is asked in this test'))
const { documents } = knownOperations(undefined, true)

describe("the portal's own graph and operations", () => {
  it('start a gateway, and every operation is planned before it is asked for', async () => {
    const planning = vi.spyOn(QueryPlanner.prototype, 'buildQueryPlan')
    onTestFinished(() => planning.mockRestore())
    const names = [...supergraphText(undefined).matchAll(/@join__graph\(name: "(\w+)"/g)].map(([, name]) => name)
    const subgraphs = Object.fromEntries(names.map((name) => [name, nobody]))
    const log = { info: () => {}, warn: vi.fn(), error: vi.fn() }
    const gateway = await startGateway({ port: 0, production: true, subgraphs, log })
    await vi.waitFor(() => expect(planning).toHaveBeenCalledTimes(documents.length), 10_000)
    await gateway.stop()
    expect([log.warn.mock.calls, log.error.mock.calls]).toEqual([[], []])
  })

  it.each(documents.map((text) => [/(?:query|mutation) (\w+)/.exec(text)?.[1], text]))(
    'are within the limits: %s',
    (_, text = '') => {
      const schema = buildSchema(readFileSync(new URL('../schema/api.graphql', import.meta.url), 'utf8'))
      const document = parse(text, { maxTokens: MOST_TOKENS })
      expect(document.definitions.filter((it) => it.kind === Kind.OPERATION_DEFINITION)).toHaveLength(1)
      expect(validate(schema, document, operationLimits)).toEqual([])
    },
  )
})
