import { RoundIdentity, RoundPerson } from '../generated/schema'
import { PersonRegistered, PersonStruck } from '../generated/templates/QuadraticRound/QuadraticRound'

export function handlePersonRegistered(event: PersonRegistered): void {
  const person = new RoundPerson(event.address.concat(event.params.account))
  person.round = event.address
  person.account = event.params.account
  person.attestation = event.params.attestation
  person.registeredAt = event.block.timestamp
  person.struckAt = null // of an earlier attestation
  person.save()
  const id = event.address.concat(event.params.identity)
  if (RoundIdentity.load(id) != null) return
  const identity = new RoundIdentity(id)
  identity.round = event.address
  identity.identity = event.params.identity
  identity.person = person.id
  identity.boundAt = event.block.timestamp
  identity.save()
}

export function handlePersonStruck(event: PersonStruck): void {
  const person = RoundPerson.load(event.address.concat(event.params.account))!
  person.attestation = null
  person.struckAt = event.block.timestamp
  person.save()
}
