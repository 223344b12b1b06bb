import { readFileSync } from 'node:fs'
import { type GraphQLSchema, parse } from 'graphql'
import { type Gateway, startGateway, type SubgraphTransport as GatewaysWay } from '../../gateway/main.ts'
import { subgraphs as definitions } from '../../scripts/subgraphs.ts'
import { systemClients } from '../../scripts/system-clients.ts'
import { documentsExtra } from '../../subgraphs/documents/main.ts'
import { SealedTexts } from '../../subgraphs/messages/sealed-text.ts'
import { patientsExtra } from '../../subgraphs/patients/main.ts'
import { type AuthRule, Relation } from '../../subgraphs/runtime/auth.ts'
import { authRules, subgraphSchema, subgraphSdl } from '../../subgraphs/runtime/federate.ts'
import { graphOf, startSubgraph, type Subgraph, type SubgraphDefinition } from '../../subgraphs/runtime/subgraph.ts'
import { everything, type RowRules } from '../../subgraphs/runtime/rows.ts'
import type { SubgraphTransport } from '../../subgraphs/runtime/transport.ts'
import { readTrust } from '../../subgraphs/runtime/trust.ts'
import { Role } from '../../subgraphs/runtime/viewer.ts'
import type { World } from '../world.ts'
import { type SubgraphName, subgraphNames } from './matrix.ts'

export type Change = (rule: AuthRule) => AuthRule | undefined

export function definitionOf(name: SubgraphName): SubgraphDefinition {
  const found = definitions.find((it) => it.name === name)
  if (!found) throw new Error(`there is no subgraph ${name}`)
  return found
}

/** The rules of one subgraph, by `Type.field`, as its text says them. */
export const rulesOf = (name: SubgraphName): Map<string, AuthRule> =>
  authRules(parse(subgraphSdl(graphOf(definitionOf(name)))))

/** The schema of one subgraph with each of its rules changed, or taken away. */
export function schemaWith(name: SubgraphName, change: Change): GraphQLSchema {
  const changed = [...rulesOf(name)].flatMap(([field, rule]): [string, AuthRule][] => {
    const weaker = change(rule)
    return weaker ? [[field, weaker]] : []
  })
  return subgraphSchema(graphOf(definitionOf(name)), new Map(changed))
}

/** One subgraph more on the rows of a portal: by its own definition and schema, or by weaker ones. */
export function startWeakened(
  portal: World,
  name: SubgraphName,
  { definition = definitionOf(name), schema }: { definition?: SubgraphDefinition; schema?: GraphQLSchema } = {},
): Promise<Subgraph> {
  const { folder, databaseUrl, clock, secrets, graph } = portal
  const trust = readTrust('west-herts')
  const extras: Record<string, Record<string, unknown>> = {
    patients: patientsExtra({ key: secrets.PATIENTS_KEY, demonstration: false }),
    documents: documentsExtra({ documentsKey: Buffer.from(secrets.DOCUMENTS_KEY, 'base64url'), partners: [] }, trust),
    messages: { texts: new SealedTexts(Buffer.from(secrets.MESSAGES_KEY, 'base64url')) },
  }
  const settings = {
    database: { folder, ...(databaseUrl !== undefined && { url: databaseUrl }) },
    clock,
    trust,
    log: { info() {}, warn() {}, error() {} },
    graph: { ask: () => Promise.reject(new Error('nobody asks here')) },
    sharingKey: Buffer.from(secrets.SHARING_KEY, 'base64url'),
    auditKey: Buffer.from(secrets.AUDIT_KEY, 'base64url'),
    subscribers: Object.fromEntries([...graph.subgraphs].map(([other, it]) => [other, it.execute])),
    extra: extras[name] ?? {},
  }
  // The portal itself does what is due.
  return startSubgraph({ ...definition, chores: [] }, settings, schema)
}

/** A gateway more, over these subgraphs; with a supergraph of its own, if one is given. */
export function startGatewayOver(
  { secrets }: World,
  ways: Record<string, SubgraphTransport>,
  supergraph?: string,
): Promise<Gateway> {
  return startGateway({
    host: '127.0.0.1',
    port: 0,
    production: false,
    subgraphs: ways as Record<string, GatewaysWay>,
    systemClients: systemClients(secrets),
    webSigningKey: secrets.WEB_SIGNING_KEY,
    limits: { ratePerSecond: null },
    log: { info() {}, warn() {}, error() {} },
    ...(supergraph !== undefined && { supergraph }),
  })
}

export async function startEachWeakened(
  portal: World,
  weaker: (name: SubgraphName) => { definition?: SubgraphDefinition; schema?: GraphQLSchema },
): Promise<Record<SubgraphName, Subgraph>> {
  const started = await Promise.all(
    subgraphNames.map(async (name) => [name, await startWeakened(portal, name, weaker(name))] as const),
  )
  return Object.fromEntries(started) as Record<SubgraphName, Subgraph>
}

export const everyRole = Object.values(Role)

/** A field that everybody may use, whatever they are registered for, and whosever rows it shows. */
export const openToAll = (rule: AuthRule): AuthRule => ({
  ...rule,
  roles: everyRole,
  scopes: [],
  relation: Relation.NONE,
})

/** Every row, for everybody. */
export const everyRow: RowRules = Object.fromEntries(everyRole.map((role) => [role, everything]))

/** The supergraph with every field open to every role. */
export const openSupergraph = () =>
  readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8').replaceAll(
    /@auth\(roles: \[[A-Z, ]+\](, scopes: \[[^\]]*\])?/g,
    `@auth(roles: [${everyRole.join(', ')}]`,
  )
