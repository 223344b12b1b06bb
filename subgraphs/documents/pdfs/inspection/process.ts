import { Worker } from 'node:worker_threads'
import { limits, tooMuch } from './limits.ts'
import type { Order } from './order.ts'

/**
 * The process in which one file is inspected. The work is done in a thread, so that this one can watch: the limits of a thread
 * bound its objects, and neither the bytes it unpacks nor its time.
 */
if (process.send) {
  const worker = new Worker(new URL(`./worker${import.meta.url.slice(-3)}`, import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 },
  })
  const start = process.cpuUsage()
  const watch = () => {
    const { user, system } = process.cpuUsage(start)
    const milliseconds = (user + system) / 1000
    if (milliseconds > limits.processorMilliseconds || process.memoryUsage.rss() > limits.processBytes)
      process.exit(tooMuch)
  }
  setInterval(watch, 10)
  worker.on('error', () => process.exit(tooMuch))
  worker.on('message', (message) => process.send?.(message))
  process.on('message', (order: Order) => worker.postMessage(order))
  process.on('disconnect', () => process.exit(0))
}
