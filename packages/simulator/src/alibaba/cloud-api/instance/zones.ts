import { zonesOf } from '../../operation/regions.js';

/** A multi-zone place for instances: two or three zones of a region. */
interface MultiZone {
  /** `cn-hangzhou-MAZ6(i,j,k)`; the letters identify the zones for users. */
  readonly id: string;
  readonly name: string;
  readonly zones: readonly string[];
}

const letterOf = (zone: string): string => zone.slice(-1);

/** The multi-zones of a region: each pair of neighbours, and all of its zones. */
export function multiZonesOf(region: string): readonly MultiZone[] {
  const zones = zonesOf(region);
  const sets = zones.slice(1).map((zone, index) => [zones[index] ?? zone, zone]);
  if (zones.length > 2) sets.push([...zones]);
  return sets.map((set, index) => multiZone(region, set, index + 1));
}

function multiZone(region: string, zones: readonly string[], number: number): MultiZone {
  const letters = zones.map(letterOf).join(',');
  return { id: `${region}-MAZ${number}(${letters})`, name: `Multi-Availability Zone ${number}(${letters})`, zones };
}

/** The zone that an instance in these zones shows: the zone itself, or their multi-zone. */
export function placeOf(region: string, zones: readonly string[]): string {
  const [only = ''] = zones;
  if (zones.length < 2) return only;
  const exact = multiZonesOf(region).find(
    (place) => place.zones.length === zones.length && place.zones.every((zone) => zones.includes(zone)),
  );
  return (exact ?? multiZone(region, [...zones].sort(), 9)).id;
}
