import { dataSource } from '@graphprotocol/graph-ts'
import { Rail } from '../generated/schema'

/** The rail whose contract this data source follows. */
export function railOfSource(): Rail {
  return Rail.load(dataSource.context().getString('rail'))!
}
