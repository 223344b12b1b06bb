import type * as Token from '../gateway/subgraph-token.ts'
import type * as Environment from '../scripts/environment.ts'
import type * as Graph from '../scripts/graph.ts'
import type * as Parts from '../scripts/parts-environment.ts'
import type * as Secrets from '../scripts/secrets.ts'
import type * as Messages from '../subgraphs/messages/main.ts'
import type * as Clock from '../subgraphs/runtime/clock.ts'
import type * as Trust from '../subgraphs/runtime/trust.ts'

/** The portal's own code as it is built, since that is what users run; with the types of its source. */
const inBuild = (file: string) => import(new URL(`../dist/${file}`, import.meta.url).href)

export const builtGraph = (): Promise<typeof Graph> => inBuild('scripts/graph.js')
export const builtEnvironment = (): Promise<typeof Environment> => inBuild('scripts/environment.js')
export const builtParts = (): Promise<typeof Parts> => inBuild('scripts/parts-environment.js')
export const builtSecrets = (): Promise<typeof Secrets> => inBuild('scripts/secrets.js')
export const builtMessages = (): Promise<typeof Messages> => inBuild('subgraphs/messages/main.js')
export const builtClock = (): Promise<typeof Clock> => inBuild('subgraphs/runtime/clock.js')
export const builtTrust = (): Promise<typeof Trust> => inBuild('subgraphs/runtime/trust.js')
export const builtToken = (): Promise<typeof Token> => inBuild('gateway/subgraph-token.js')
