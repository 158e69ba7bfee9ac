import { defined } from '../../ground/defined.js';
import type { IndexedList, ResourceList } from '../../do/snapshot/resources/resources.js';
import type { Gap, RegionSnapshot } from '../../do/snapshot/snapshot.js';

type Item = { readonly id: string };

/** A region of which something is not known. */
export class OpenRegion {
  readonly #lists = new Map<ResourceList, readonly Item[]>();
  readonly #gaps: Gap[] = [];

  constructor(readonly base: RegionSnapshot) {}

  items<L extends ResourceList>(list: L): readonly Item[] {
    return this.#lists.get(list) ?? ((this.base[list] ?? []) as unknown as readonly Item[]);
  }

  /**
   * Something is not known: with an ID this item alone, else any item of the list. What may be another is taken out of the list, so that
   * its verdict is unknown. Gateways stay: their routes are what is judged.
   */
  gap(of: ResourceList, id: string | undefined, what: string): void {
    if (of !== 'gateways') this.#lists.set(of, id === undefined ? [] : this.items(of).filter((one) => one.id !== id));
    this.#gaps.push({ what, operation: 'the plan', code: 'INCOMPLETE_LIST', of, ...defined({ id }) });
  }

  /** Nothing is known of what has an ID, whatever it is. */
  gapOf(id: string, what: string): void {
    for (const list of Object.keys(this.base) as ResourceList[]) {
      const items: unknown = this.base[list];
      if (Array.isArray(items) && items.some((one: Partial<Item>) => one.id === id)) this.gap(list, id, what);
    }
  }

  /** A member of an item is not known, and is left out: the checks that need it say why. */
  unread(
    of: IndexedList,
    id: string,
    members: object,
    what: string,
    operation: 'the plan' | 'the deployment' = 'the plan',
  ): void {
    this.#lists.set(
      of,
      this.items(of).map((one) => (one.id === id ? { ...one, ...members } : one)),
    );
    this.#gaps.push({ what, operation, code: 'INCOMPLETE_LIST', of, id });
  }

  patch(of: IndexedList, id: string, change: (one: never) => object): void {
    this.#lists.set(
      of,
      this.items(of).map((one) => (one.id === id ? { ...one, ...change(one as never) } : one)),
    );
  }

  region(): RegionSnapshot {
    return { ...this.base, ...Object.fromEntries(this.#lists), gaps: [...this.base.gaps, ...this.#gaps] };
  }
}
