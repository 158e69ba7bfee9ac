import type { PatchOperation } from '../../../sdk-types.js';
import { escaped } from '../../cloud/method-throttles.js';

/** The change of a text; none where it is as wanted, or nothing is wanted. An empty text is one that is not set. */
export function replaced(path: string, is: string | undefined, wanted: string | undefined): readonly PatchOperation[] {
  return wanted === undefined || wanted === (is ?? '') ? [] : [{ op: 'replace', path, value: wanted }];
}

/** The changes of a map with text values, whose entries are named in the path: `/requestParameters/<key>`. */
export function changedEntries(
  path: string,
  is: Readonly<Record<string, string>>,
  wanted: Readonly<Record<string, string>>,
): readonly PatchOperation[] {
  const removed = Object.keys(is).filter((key) => !Object.hasOwn(wanted, key));
  return [
    ...removed.map((key): PatchOperation => ({ op: 'remove', path: `${path}/${escaped(key)}` })),
    ...Object.entries(wanted)
      .filter(([key, value]) => is[key] !== value)
      .map(([key, value]): PatchOperation => ({
        op: Object.hasOwn(is, key) ? 'replace' : 'add',
        path: `${path}/${escaped(key)}`,
        value,
      })),
  ];
}
