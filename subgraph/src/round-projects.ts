import { Round, RoundApplication, RoundProject } from '../generated/schema'
import {
  ProjectAccepted,
  ProjectApplied,
  ProjectCapped,
  ProjectDisqualified,
  ProjectRejected,
} from '../generated/templates/QuadraticRound/QuadraticRound'
import { ZERO } from './protocol'
import { numbered, projectOf } from './round-ids'

/** In place of an application that was rejected, if there was one. */
export function handleProjectApplied(event: ProjectApplied): void {
  const application = new RoundApplication(event.address.concat(event.params.applicant))
  application.round = event.address
  application.applicant = event.params.applicant
  application.dossierHash = event.params.dossierHash
  application.uri = event.params.uri
  application.status = 'PENDING'
  application.reasonHash = null
  application.reviewedAt = null
  application.appliedAt = event.block.timestamp
  application.save()
}

export function handleProjectRejected(event: ProjectRejected): void {
  const application = RoundApplication.load(event.address.concat(event.params.applicant))!
  application.status = 'REJECTED'
  application.reasonHash = event.params.reasonHash
  application.reviewedAt = event.block.timestamp
  application.save()
}

export function handleProjectAccepted(event: ProjectAccepted): void {
  const number = event.params.projectId.toI32()
  const project = new RoundProject(numbered(event.address, number))
  project.round = event.address
  project.number = number
  project.recipient = event.params.recipient
  project.status = 'ACCEPTED'
  project.dossierHash = event.params.dossierHash
  project.acceptedAt = event.block.timestamp
  project.sqrtSum = ZERO
  project.contributedUnits = ZERO
  project.contributorCount = 0
  project.capped = false
  project.releasedCount = 0
  project.paidCount = 0
  project.paidMatchAssets = ZERO
  project.save()

  const application = RoundApplication.load(event.address.concat(event.params.recipient))!
  application.status = 'ACCEPTED'
  application.reasonHash = event.params.reasonHash
  application.reviewedAt = event.block.timestamp
  application.project = project.id
  application.save()

  const round = Round.load(event.address)!
  round.projectCount += 1
  round.save()
}

export function handleProjectDisqualified(event: ProjectDisqualified): void {
  const project = projectOf(event.address, event.params.projectId)
  project.status = 'DISQUALIFIED'
  project.disqualifiedAt = event.block.timestamp
  project.disqualifiedReasonHash = event.params.reasonHash
  project.save()
}

export function handleProjectCapped(event: ProjectCapped): void {
  const project = projectOf(event.address, event.params.projectId)
  project.capped = true
  project.save()
}
