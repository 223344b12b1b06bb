import { isRuntime } from './place.ts'
import type { Rule } from './arrows.ts'

const drawers = new Set(['util', 'utils', 'helper', 'helpers', 'common', 'shared', 'service', 'services', 'misc'])
const clinical = new Set(
  'patient appointment clinic clinician letter document slot diagnosis admission discharge referral medication ward'.split(
    ' ',
  ),
)

/** The words of a name, whatever its style. GraphQL's own `...Document` is an operation, not a letter. */
const wordsOf = (name: string) =>
  name
    .replace(/Document$/, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)

const singular = (word: string) => word.replace(/(?<=[^s])s$/, '')

/** A drawer takes everything in; a file is named for a thing of the domain. */
export const noFileIsADrawer: Rule = (house) =>
  house
    .filter(({ path }) => path.split('/').some((part) => drawers.has(part.replace(/\.\w+$/, '').toLowerCase())))
    .map(({ path }) => `${path} is named for nothing`)

/** The runtime could carry any subgraph: what it offers names no clinical thing. */
export const runtimeHoldsNoClinicalNoun: Rule = (house) =>
  house
    .filter(({ path }) => isRuntime(path))
    .flatMap(({ path, exports }) => {
      const clinicalIn = (name: string) => wordsOf(name).find((word) => clinical.has(singular(word)))
      return [path.replace('subgraphs/runtime/', ''), ...exports]
        .filter((name) => clinicalIn(name))
        .map((name) => `${path}: "${name}" speaks of a ${clinicalIn(name)}`)
    })

export const nothingIsLeftUndone: Rule = (house) =>
  house.flatMap(({ path, unfinished }) => unfinished.map((mark) => `${path}: ${mark}`))
