/** Reads [from, to] in pieces of at most `most` blocks, one after another. */
export async function inPieces<L>(
  { from, to, most }: { from: bigint; to: bigint; most: bigint | undefined },
  read: (fromBlock: bigint, toBlock: bigint) => Promise<readonly L[]>,
): Promise<L[]> {
  const found: L[] = []
  for (let start = from; start <= to; ) {
    const end = most !== undefined && start + most - 1n < to ? start + most - 1n : to
    found.push(...(await read(start, end)))
    start = end + 1n
  }
  return found
}
