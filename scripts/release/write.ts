/** Makes the graph of now the one that later changes are compared with: `npm run schema:release`, with every release. */
import { forgetMeantChanges } from './meant-changes.ts'
import { writeRelease } from './released-graph.ts'

writeRelease()
forgetMeantChanges()
console.log('schema/released.graphql is what the code says now. Commit it with the release.')
