/** Writes the reference of the graph as a static site: for the sandbox, or `npm run reference -- <folder>` for anywhere. */
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeReference } from '../gateway/reference/main.ts'

const besideTheSandbox = fileURLToPath(new URL('../gateway/reference/dist', import.meta.url))
const schema = (name: string) => readFile(new URL(`../schema/${name}`, import.meta.url), 'utf8')

const [given] = process.argv.slice(2)
const [api, supergraph] = await Promise.all([schema('api.graphql'), schema('supergraph.graphql')])
const folder = given === undefined ? besideTheSandbox : resolve(given)
await writeReference(folder, { api, supergraph, ...(given === undefined && { sandbox: '/sandbox' }) })
console.log(`The reference is in ${folder}. Open index.html there, or serve the folder.`)
