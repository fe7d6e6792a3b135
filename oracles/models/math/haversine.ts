import { roundHalfAway } from '../../shared/decimal.ts'
import { arcsin, cosDegrees, sinDegrees } from './trigonometry.ts'

/** Mean radius R₁ of the Earth in metres (IUGG; H. Moritz, "Geodetic Reference System 1980", 1980). */
export const EARTH_RADIUS_METRES = 6_371_008.8

export interface Place {
  /** Degrees, north and east positive. */
  lat: number
  lon: number
}

/** Central angle between two places in radians, by the haversine formula (R. W. Sinnott, "Virtues of the Haversine", 1984). */
export function centralAngle(a: Place, b: Place): number {
  const sinLat = sinDegrees((b.lat - a.lat) / 2)
  const sinLon = sinDegrees((b.lon - a.lon) / 2)
  const h = sinLat * sinLat + cosDegrees(a.lat) * cosDegrees(b.lat) * (sinLon * sinLon)
  return 2 * arcsin(Math.min(1, Math.sqrt(h)))
}

/** Great-circle distance on the mean sphere, rounded to whole metres, half away from zero. */
export const distanceMetres = (a: Place, b: Place): number =>
  Number(roundHalfAway(EARTH_RADIUS_METRES * centralAngle(a, b), 0))
