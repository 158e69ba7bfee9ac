/** Characters that Route 53 keeps as they are; a backslash begins an escape. */
const PLAIN = /[a-z\d._\\-]/;

/**
 * A name as Route 53 keeps it: lower case, a dot at its end, other characters as octal escapes (`*` is `\052`).
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html
 */
export function dnsName(name: string): string {
  const escaped = [...name.toLowerCase()].map((character) =>
    PLAIN.test(character) ? character : `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`,
  );
  return name.endsWith('.') ? escaped.join('') : `${escaped.join('')}.`;
}

/** Whether a name is that of a zone, or below it. */
export const isWithin = (name: string, zone: string): boolean => name === zone || name.endsWith(`.${zone}`);

/**
 * Names in the order of lists: with their labels reversed, `com.example.www.`
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListResourceRecordSets.html
 */
export function reversed(name: string): string {
  return `${name.replace(/\.$/, '').split('.').toReversed().join('.')}.`;
}

export const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
