/** Looks through the audit: `npm run audit` on a machine that reaches the portal's databases. */
import { runAudit } from './audit/run.ts'
import { readMachineSettings } from './environment.ts'
import { readSecret } from './secrets.ts'

try {
  const { dataDir, databaseUrl, formerAuditKeys, production } = readMachineSettings(process.env)
  process.exitCode = await runAudit(process.argv.slice(2), {
    dataDir,
    databaseUrl,
    auditKey: () => Buffer.from(readSecret('AUDIT_KEY', dataDir, process.env, production), 'base64url'),
    formerAuditKeys: formerAuditKeys.map((it) => Buffer.from(it, 'base64url')),
    print: (text) => void process.stdout.write(text),
    complain: (text) => void process.stderr.write(text),
  })
} catch (error) {
  process.exitCode = 1
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
}
