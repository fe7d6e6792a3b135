/** In the order of the contract's ActionClass: the least is the highest. */
export const CLASSES = ['CONSTITUTIONAL', 'RATIFICATION', 'ORDINARY', 'EMERGENCY']
