import { parentPort } from 'node:worker_threads'
import { inspect } from './inspect.ts'
import type { Order } from './order.ts'

parentPort?.on('message', ({ file, firstHeading }: Order) => {
  void inspect(Buffer.from(file), firstHeading).then((findings) => parentPort?.postMessage(findings))
})
parentPort?.postMessage('ready')
