import { spawn } from 'node:child_process'
import os from 'node:os'
import { root } from './folders.mjs'

/** A step that failed: one line for the person, and what the step printed. */
export class StepFailed extends Error {
  constructor(message, output = '') {
    super(message)
    this.output = output
  }
}

const running = new Set()
let interruption

/**
 * Runs a program to its end. Its output is collected, or shown as it comes when `live`.
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(program, args, { cwd = root, env = process.env, live = false, timeout = 0 } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env, timeout, stdio: live ? 'inherit' : ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text) => (output += text))
    const settle = (code) => {
      noLongerRunning(child)
      resolve({ code, output })
    }
    child.once('error', (error) => {
      output += error.message
      settle(1)
    })
    child.once('close', (code, signal) => settle(code ?? exitCode(signal)))
    nowRunning(child)
  })
}

/** Announces a step in one line and keeps its output to itself, unless it fails. */
export async function step(title, program, args, options) {
  console.log(title)
  const { code, output } = await run(program, args, options)
  endIfInterrupted()
  if (code !== 0) throw new StepFailed(`${title} failed`, output)
}

/** Runs the tasks in order, at most two at once: more only get in each other's way on a small machine. */
export async function twoAtATime(tasks) {
  const waiting = [...tasks]
  const worker = async () => {
    while (waiting.length > 0) await waiting.shift()()
  }
  await Promise.all([worker(), worker()])
}

/** Prints what a person needs to know of a failure, and ends. */
export function giveUp(error) {
  if (!(error instanceof StepFailed)) throw error
  if (error.output) console.error(error.output.trimEnd())
  console.error(`${error.message}.`)
  process.exit(1)
}

/** Ends with the signal's exit code if one came while a program ran. */
export function endIfInterrupted() {
  if (interruption) process.exit(exitCode(interruption))
}

const exitCode = (signal) => 128 + os.constants.signals[signal]
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** While anything runs, a signal is passed on to it, once, and it ends in its own time. */
function passOn(signal) {
  if (interruption) return
  interruption = signal
  for (const child of running) child.kill(signal)
}

function nowRunning(child) {
  if (running.size === 0) for (const signal of signals) process.on(signal, passOn)
  running.add(child)
}

function noLongerRunning(child) {
  running.delete(child)
  if (running.size === 0) for (const signal of signals) process.off(signal, passOn)
}

process.once('exit', () => {
  for (const child of running) child.kill()
})
