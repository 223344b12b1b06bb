/** What `npm run hospital` says when it is asked for help, or not understood. */
export const usage = `The hospital in a box sends HL7 messages to a running portal, as a hospital's own system would,
and listens to what the portal tells it.

Appointments
  npm run hospital -- book --patient <number or name> [--clinic EYE1] [--at "2026-12-01 10:30"] [--minutes 30]
                           [--clinician "Dr Priya Shah"] [--medium face-to-face|video|phone] [--admission] [--id <id>]
  npm run hospital -- move <appointment> --at "2026-12-02 14:00"
  npm run hospital -- cancel <appointment or visit> [--reason "The clinic is closed"]
  npm run hospital -- amend <appointment> [--transport] [--interpreter Polish] [--nothing]   all that is arranged for it
  npm run hospital -- attended <appointment>       the patient came
  npm run hospital -- missed <appointment>         the patient did not come
  npm run hospital -- delete <appointment>         it was booked by mistake
  npm run hospital -- list                         what is booked, and what was sent

Stays in hospital
  npm run hospital -- plan --patient <number or name> --at "2026-12-07 07:30" [--until "2026-12-09 11:00"]
                           [--clinic SUR1] [--clinician "Mr Karl Brandt"] [--visit <number>]
  npm run hospital -- admit <visit> [--patient <number or name>] [--clinic SUR1] [--clinician "Mr Karl Brandt"]
  npm run hospital -- discharge <visit>

Test results and letters
  npm run hospital -- result <number or name> --test fbc|kidney|liver|hba1c|crp|xray|histology
                           [--preliminary | --corrected] [--critical] [--order <number>] [--clinic EYE1] [--clinician "..."]
                           a new order, unless --corrected (the last of this test) or --order say which
  npm run hospital -- letter <number or name> --kind outcome|discharge [--pdf letter.pdf] [--replace <id>] [--id <id>]
                           [--clinic EYE1] [--clinician "Dr Priya Shah"]
  npm run hospital -- withdraw-document <id or order number>      it should not have been sent

People
  npm run hospital -- register --number <number> --given <names> --family <name> --born 1980-01-31
                           [--title Ms] [--mobile <number>] [--email <address>] [--nhs-number <number>]
  npm run hospital -- merge <number> --into <number>      two records are one person's: the first number is retired
  npm run hospital -- unmerge <number> --from <number>    they are two people after all

The portal
  npm run hospital -- listen [--refuse S13|S15|S02|S03|S04|all] [--later] [--silent] [--echo] [--port 2577]
                           shows what the portal tells the hospital, and answers it: AA, or AE (--refuse),
                           AR (--later), nothing (--silent); --echo sends the change back, as the hospital tells everybody
  npm run hospital -- refused                      messages the portal refused, and why
  npm run hospital -- replay [<id>]                has the portal take one of them again, or all
  npm run hospital -- send <file.hl7>              sends a message as it stands in a file

Times are London times. Of what the hospital's book does not hold, say whose it is with --patient <number or name>.
Ends with 0 when the portal took the message (AA), 2 when it refused it (AE), 3 when it asks to try again (AR),
1 when nothing could be sent.
`

/** The command was not understood. */
export class NotUnderstoodCommand extends Error {
  override name = 'NotUnderstoodCommand'
}
