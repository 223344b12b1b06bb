// Imported first by every entry, so it is written in the syntax that the oldest Node with modules can read.
const major = Number(process.versions.node.split('.')[0])
if (major < 20) {
  console.error(
    'Patient Portal needs Node 20 or later; this is Node ' +
      process.versions.node +
      '. Install one from https://nodejs.org.',
  )
  process.exit(1)
}
