import fs from 'node:fs'
import path from 'node:path'
import { root } from './folders.mjs'
import { StepFailed, step } from './step.mjs'

const unreachable = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT/

/** Brings the packages of a folder to what its lock says, if they are not there already. */
export async function install(folder = root) {
  if (isInstalled(folder)) return
  const name = path.relative(root, folder) || 'the portal'
  try {
    await step(`Installing the packages of ${name} (a minute or two the first time)`, ...npm('ci', ...flags), {
      cwd: folder,
    })
  } catch (error) {
    if (!(error instanceof StepFailed && unreachable.test(error.output))) throw error
    throw new StepFailed(
      'The npm registry cannot be reached, so the packages cannot be installed. Go online and run this again',
      '',
    )
  }
}

/** Everything is needed whatever NODE_ENV says: the site is built here. The old Node only installs, so its age is no matter. */
const flags = [
  '--include=dev',
  '--include=optional',
  '--no-engine-strict',
  '--prefer-offline',
  '--fetch-retry-mintimeout=2000',
  '--fetch-retry-maxtimeout=10000',
  '--loglevel=error',
]

/** Compares npm's own record of what it installed, written last, with the lock. Packages of other systems may be missing. */
function isInstalled(folder) {
  const lock = packagesIn(path.join(folder, 'package-lock.json'))
  const record = packagesIn(path.join(folder, 'node_modules', '.package-lock.json'))
  if (!record) return false
  return Object.entries(lock ?? {}).every(([place, { optional, version }]) => {
    if (!place.includes('node_modules/')) return true
    return record[place] ? record[place].version === version : optional === true
  })
}

function packagesIn(lockFile) {
  try {
    return JSON.parse(fs.readFileSync(lockFile, 'utf8')).packages
  } catch {
    return undefined
  }
}

/** The npm that started this, else the one on the path. */
export function npm(...args) {
  const script = process.env.npm_execpath
  if (script && path.basename(script).startsWith('npm')) return [process.execPath, [script, ...args]]
  return process.platform === 'win32' ? ['cmd.exe', ['/c', 'npm', ...args]] : ['npm', args]
}
