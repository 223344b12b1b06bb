import { envelope, named, sendMessage, type Act, type Acts } from './hospital.ts'
import { mergePatients, unmergePatients } from './merge-messages.ts'
import { registerPatient } from './messages.ts'

const register: Act<'register'> = async (hospital, { person }) => {
  const exit = await sendMessage(hospital, registerPatient(person, envelope(hospital)))
  if (exit === 0) hospital.book.remember({ person: { ...named(person), bornOn: person.bornOn } })
  return exit
}

const merge: Act<'merge'> = async (hospital, { retired, surviving }) => {
  const [stays, goes] = [hospital.book.person(surviving), hospital.book.person(retired)]
  return sendMessage(hospital, mergePatients(named(stays), goes.hospitalNumber, envelope(hospital)))
}

const unmerge: Act<'unmerge'> = async (hospital, { retired, surviving }) => {
  const [stays, goes] = [hospital.book.person(surviving), hospital.book.person(retired)]
  return sendMessage(hospital, unmergePatients(named(stays), goes.hospitalNumber, envelope(hospital)))
}

/** What is done with people and their records. */
export const peopleActs: Acts<'register' | 'merge' | 'unmerge'> = { register, merge, unmerge }
