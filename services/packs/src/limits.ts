/**
 * The largest input that is read: 64 MiB. A GHCN-Daily record of 150 years has 3 MB, the largest answer of the USGS event service (20,000
 * events) about 16 MB. Larger files are refused by their size, before anything is read.
 */
export const MAX_INPUT_BYTES = 64 * 1024 * 1024
