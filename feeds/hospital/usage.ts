/** What `npm run hospital` says when it is asked for help, or not understood. */
export const usage = `The hospital in a box sends HL7 messages to a running portal, as a hospital's own system would.

  npm run hospital -- book --patient <number or name> [--clinic EYE1] [--at "2026-12-01 10:30"] [--minutes 30]
                           [--clinician "Dr Priya Shah"] [--medium face-to-face|video|phone] [--admission] [--id <id>]
  npm run hospital -- move <appointment> --at "2026-12-02 14:00" [--patient <number or name>]
  npm run hospital -- cancel <appointment> [--reason "The clinic is closed"] [--patient <number or name>]
  npm run hospital -- register --number <number> --given <names> --family <name> --born 1980-01-31
                           [--title Ms] [--mobile <number>] [--email <address>] [--nhs-number <number>]
  npm run hospital -- list               what is booked
  npm run hospital -- send <file.hl7>    sends a message as it stands in a file
  npm run hospital -- refused            messages the portal refused, and why
  npm run hospital -- replay [<id>]      has the portal take one of them again, or all

Times are London times. Ends with 0 when the portal took the message (AA), 2 when it refused it (AE),
3 when it asks to try again (AR), 1 when nothing could be sent.
`

/** The command was not understood. */
export class NotUnderstoodCommand extends Error {
  override name = 'NotUnderstoodCommand'
}
