/** Compares the graph with the last release, and says what breaks and for whom: part of `npm run check`. */
import { breakingChanges } from './breaking-changes.ts'
import { complaints, readMeantChanges } from './meant-changes.ts'
import { contractNow, contractReleased } from './released-graph.ts'

try {
  const wrong = complaints(await breakingChanges(contractReleased(), contractNow()), readMeantChanges())
  for (const line of wrong) console.error(line)
  if (wrong.length > 0) process.exitCode = 1
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
