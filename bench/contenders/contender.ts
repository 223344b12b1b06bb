/** One way to run the graph, up and answering. */
export interface Contender {
  readonly name: string
  readonly origin: string
  /** Where the files are that it works on. */
  readonly folder: string
  /** The process that answers clients. */
  readonly front: number
  /** Every process that works on an answer. */
  readonly all: readonly number[]
  stop(): Promise<void>
}

export const names = {
  inProcess: 'in process',
  heldBack: 'in process, what follows held back',
  split: 'split over HTTP',
  stock: '@apollo/gateway as it comes',
  bare: 'bare SQL and JSON on node:http',
} as const

export const host = '127.0.0.1'
export const production = { NODE_ENV: 'production' }
export const server = (file: string) => new URL(`../servers/${file}`, import.meta.url).pathname
