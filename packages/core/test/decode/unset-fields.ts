import type { AnyForm } from '../../src/do/forms/form.js';
import { RESOURCES } from '../../src/do/snapshot/resources/resources.js';
import type { RegionSnapshot } from '../../src/do/snapshot/snapshot.js';

/** The fields of a snapshot that no item of these regions has, a line for each list: `links: reason settings.spec`. */
export function unsetFields(regions: readonly RegionSnapshot[]): string {
  return Object.entries(RESOURCES)
    .map(([list, { items }]) => {
      const given = regions.flatMap((region): readonly object[] => region[list as keyof typeof RESOURCES] ?? []);
      const fields = given.length === 0 ? ['all'] : unset(items.members, given);
      return fields.length === 0 ? '' : `${list}: ${fields.join(' ')}\n`;
    })
    .join('');
}

type Members = Readonly<Record<string, object | readonly object[] | undefined>>;

function unset(members: AnyForm['members'] = {}, items: readonly object[], path = ''): string[] {
  return Object.entries(members).flatMap(([key, form]) => {
    const values = items.flatMap((item): object | readonly object[] => (item as Members)[key] ?? []);
    if (key === 'raw') return [];
    return values.length === 0 ? [path + key] : unset(form.members, values, `${path}${key}.`);
  });
}
