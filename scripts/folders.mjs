import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The top of the checkout, whatever folder a command is run from. */
export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))

/** An absolute path inside the checkout. */
export const inRoot = (...parts) => path.join(root, ...parts)
