import {
  CredentialIssued,
  CredentialRevoked,
  IssuerSet,
} from '../generated/CompetenceCredentials/CompetenceCredentials'
import { Credential, CredentialIssuer } from '../generated/schema'

export function handleIssuerSet(event: IssuerSet): void {
  const issuer = new CredentialIssuer(event.params.issuer.concat(event.params.field))
  issuer.issuer = event.params.issuer
  issuer.field = event.params.field
  issuer.allowed = event.params.allowed
  issuer.changedAt = event.block.timestamp
  issuer.save()
}

export function handleCredentialIssued(event: CredentialIssued): void {
  const credential = new Credential(event.params.credentialId.toString())
  credential.holder = event.params.holder
  credential.field = event.params.field
  credential.level = event.params.level
  credential.issuer = event.params.issuer
  credential.evidenceHash = event.params.evidenceHash
  credential.issuedAt = event.block.timestamp
  credential.expiresAt = event.params.expiresAt
  credential.save()
}

export function handleCredentialRevoked(event: CredentialRevoked): void {
  const credential = Credential.load(event.params.credentialId.toString())!
  credential.revokedAt = event.block.timestamp
  credential.revokedBy = event.params.by
  credential.reasonHash = event.params.reasonHash
  credential.save()
}
