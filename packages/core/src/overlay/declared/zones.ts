/** A zone that a file names by its place in a list of which it does not have the names: another place is another zone. */
export function zoneByOrder(at: number): string {
  return `${BEGINNING}${at + 1}`;
}

/** Whether a zone is named by its place in a list. */
export function isZoneByOrder(zone: string): boolean {
  return zone.startsWith(BEGINNING);
}

const BEGINNING = 'zone no. ';
