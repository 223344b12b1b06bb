import fs from 'node:fs'

/**
 * A reporter of vitest that writes what a run came to as JSON: how many tests, and each failure with its message, wherever it
 * was: in a test, in a hook, at the import of a file, or in none of them.
 */
export default class VitestCount {
  #file

  onInit({ config }) {
    this.#file = config.outputFile?.count
  }

  onTestRunEnd(modules, unhandled) {
    fs.writeFileSync(this.#file, JSON.stringify(countOf(modules, unhandled)))
  }
}

/** What a run of vitest came to. */
export function countOf(modules, unhandled) {
  const tests = modules.flatMap((it) => [...it.children.allTests()])
  const having = (state) => tests.filter((it) => it.result().state === state)
  const failures = [
    ...having('failed').map((test) => ({ name: nameOf(test), message: messageOf(test.result().errors) })),
    // Whoever crashed was in the middle of a test.
    ...having('pending').map((test) => ({ name: nameOf(test), message: 'It did not come to its end.' })),
    ...modules.flatMap((module) => [module, ...module.children.allSuites()]).flatMap(failureAround),
    ...unhandled.map((error) => ({ name: 'outside of the tests', message: messageOf([error]) })),
  ]
  return {
    passed: having('passed').length,
    failed: failures.length,
    skipped: having('skipped').length,
    failures,
  }
}

/** What went wrong with a file or a group of tests itself, and with none of its tests. */
function failureAround(around) {
  const errors = around.errors()
  return errors.length > 0 ? [{ name: nameOf(around), message: messageOf(errors) }] : []
}

const nameOf = ({ module, relativeModuleId, fullName }) => relativeModuleId ?? `${module.relativeModuleId}: ${fullName}`

const messageOf = (errors) =>
  errors.map(({ name, message, diff }) => [`${name}: ${message}`, diff].join('\n')).join('\n')
