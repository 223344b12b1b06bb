import { builtGraph } from '../built.ts'
import { graphSettings } from '../world/settings.ts'

/** The gateway with its subgraphs in one process, as `npm start` runs them. */
const [folder = '', port = ''] = process.argv.slice(2)
const { startGraph } = await builtGraph()
const graph = await startGraph(await graphSettings(folder, Number(port)))
process.once('SIGTERM', () => void graph.stop().then(() => process.exit(0)))
