import type { ServiceError } from '../../operation/service-error.js';
import { withMember, type PatchRule } from '../patch.js';

/**
 * An entry of a map of a method, an integration or a response: `add` sets it; `replace` and `remove` need
 * it to exist. A map that becomes empty is absent.
 */
export function entry<T extends object>(
  name: keyof T & string,
  missing: () => ServiceError,
  read: (value: string) => unknown = (value) => value,
): PatchRule<T> {
  return {
    ops: ['add', 'replace', 'remove'],
    apply: (row, { op, keys: [key = ''], value = '' }) => {
      const map = (row[name] ?? {}) as Readonly<Record<string, unknown>>;
      if (op !== 'add' && !Object.hasOwn(map, key)) throw missing();
      const { [key]: _, ...rest } = map;
      const changed = op === 'remove' ? rest : { ...map, [key]: read(value) };
      return withMember(row, name, Object.keys(changed).length > 0 ? changed : undefined);
    },
  };
}

/** A text other than `true` is false, and no error. */
export function isTrue(value: string | undefined): boolean {
  return value?.toLowerCase() === 'true';
}
