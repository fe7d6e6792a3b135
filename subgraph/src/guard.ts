import { Announced, AnnouncementUsed, BreakGlass as BreakGlassUsed } from '../generated/NexusGuard/NexusGuard'
import { Announcement, BreakGlass } from '../generated/schema'
import { CLASSES } from './classes'

/** The same content again takes the place of what is used or over. */
export function handleAnnounced(event: Announced): void {
  const announcement = new Announcement(event.params.id)
  announcement.by = event.params.by
  announcement.to = event.params.to
  announcement.value = event.params.value
  announcement.data = event.params.data
  announcement.operation = event.params.operation
  announcement.usableFrom = event.params.usableFrom
  announcement.usableUntil = event.params.usableUntil
  announcement.announcedAt = event.block.timestamp
  announcement.announcedTx = event.transaction.hash
  announcement.usedBy = null
  announcement.save()
}

/** Right before the event of the transaction that used it. */
export function handleAnnouncementUsed(event: AnnouncementUsed): void {
  const announcement = Announcement.load(event.params.id)!
  announcement.usedBy = event.params.safeTxHash
  announcement.save()
  const used = new BreakGlass(event.params.safeTxHash)
  used.announcement = announcement.id
  used.actionClass = CLASSES[0] // nothing else asks for an announcement
  used.executedAt = event.block.timestamp
  used.tx = event.transaction.hash
  used.save()
}

export function handleBreakGlass(event: BreakGlassUsed): void {
  if (BreakGlass.load(event.params.safeTxHash) != null) return
  const used = new BreakGlass(event.params.safeTxHash)
  used.actionClass = CLASSES[event.params.actionClass]
  used.executedAt = event.block.timestamp
  used.tx = event.transaction.hash
  used.save()
}
