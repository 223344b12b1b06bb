import fs from 'node:fs'
import path from 'node:path'
import { StepFailed, run, step } from './step.mjs'
import { toolStep } from './tool.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const programFiles = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ...programFiles.filter(Boolean).map((folder) => path.join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe')),
]

/** The path of a Chromium that runs: CHROMIUM_PATH, one already here, else one that is fetched now. */
export async function findBrowser() {
  const wanted = process.env.CHROMIUM_PATH
  if (wanted) {
    if (await works(wanted)) return wanted
    throw new StepFailed(`CHROMIUM_PATH: no Chromium runs from there (got "${wanted}")`)
  }
  for (const find of [installed, downloaded, download, fromDebian]) {
    const browser = await find()
    if (browser) return browser
  }
  throw new StepFailed('The journeys need a browser. Install Chromium or Chrome, or set CHROMIUM_PATH to one')
}

async function installed() {
  const folders = (process.env.PATH ?? '').split(path.delimiter)
  const places = folders.flatMap((folder) => names.map((name) => path.join(folder, name)))
  for (const place of [...places, ...elsewhere]) if (await works(place)) return place
}

/** Playwright's own, from an earlier time. */
async function downloaded() {
  const { chromium } = await import('@playwright/test')
  const place = chromium.executablePath()
  if (await works(place)) return place
}

async function download() {
  const options = { timeout: 180_000 }
  await toolStep(
    'Fetching a browser',
    '@playwright/test playwright',
    ['install', 'chromium', '--no-shell'],
    options,
  ).catch(notHere)
  return downloaded()
}

async function fromDebian() {
  if (process.getuid?.() !== 0 || !fs.existsSync('/usr/bin/apt-get')) return
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  try {
    await step('Asking Debian for its packages', 'apt-get', ['update'], { env })
    await step('Installing Chromium', 'apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env })
  } catch (error) {
    notHere(error)
  }
  return installed()
}

function notHere(error) {
  if (!(error instanceof StepFailed)) throw error
  console.log(`${error.message}; trying another way.`)
}

/** Some systems carry a chromium that only says how to get one, so asking is the only way to know. */
async function works(place) {
  if (!fs.statSync(place, { throwIfNoEntry: false })?.isFile()) return false
  // On Windows the browser answers no questions on the command line.
  if (process.platform === 'win32') return true
  const { code } = await run(place, ['--version'], { timeout: 20_000 })
  return code === 0
}
