import { flushCompileCache } from 'node:module'
import { afterAll } from 'vitest'

// Node writes what it has compiled when a process comes to its end, and the process of a test file is ended from outside.
afterAll(() => flushCompileCache())
