import { stringify } from 'yaml';

/** A document in YAML, without aliases and folded lines. Members that are undefined are left out. */
export function yamlOf(document: object): string {
  return stringify(JSON.parse(JSON.stringify(document)), { aliasDuplicateObjects: false, lineWidth: 0 });
}
