import type { IndexedList } from '../../do/snapshot/resources/resources.js';
import type { Snapshot } from '../../do/snapshot/snapshot.js';
import type { References } from '../declared/open.js';
import type { ToolPlan } from '../declared/tool-plan.js';
import type { Instance } from '../declared/values.js';
import type { DraftRegion } from '../draft/draft-region.js';
import { ifKnown, UnknownAttribute, type Choose } from '../draft/choice.js';
import { View } from '../draft/view.js';
import { foreignResourcesOf } from '../rows/foreign-resources.js';
import type { PlanSet } from '../rows/plan-set.js';
import type { PlansOfCloud, Place } from '../rows/plans-of-cloud.js';
import { changeOf, removes } from './changes.js';
import { completed } from './complete.js';
import type { Laid, LaidChange, UnknownRoute } from './laid.js';
import { MadeIds } from './made-ids.js';
import { placedIn, type LostGateways, type Placed, Drafts } from './placed.js';
import { inOrder, missingNote, type DefaultPlace } from './places.js';

/** What is laid, and over what. */
interface LayingOf {
  readonly plan: ToolPlan;
  readonly instances: readonly Instance[];
  readonly base: Snapshot;
  readonly defaults: DefaultPlace;
  readonly choose: Choose;
  readonly set: PlanSet;
}

const WHENS = ['before', 'after'] as const;

/** One laying of a plan. Its passes are called once each, in the order in which they stand here. */
export class Laying {
  readonly #drafts: Drafts;
  readonly #ids: MadeIds;
  readonly #references: References;
  readonly #placed: readonly Placed[];
  readonly #notes: Set<string>;
  readonly #lost: readonly LostGateways[];
  /** What is not known of resources by which others are found. */
  readonly #unindexed = new Map<Placed, UnknownAttribute[]>();
  readonly #names = new Map<string, string>();
  readonly #changes: LaidChange[] = [];
  readonly #owners = new Map<string, readonly string[]>();
  readonly #unknownRoutes: UnknownRoute[] = [];

  constructor(readonly given: LayingOf) {
    const { plan, set } = given;
    this.#drafts = new Drafts(given);
    this.#ids = new MadeIds(set, (instance, of) => this.#view(instance, 'after', of));
    this.#references = plan.references(
      (instance, attribute) => this.#ids.of(instance, attribute),
      (type) => set.sets(type),
    );
    const { placed, lost, notes } = placedIn(given, this.#drafts);
    this.#placed = placed;
    this.#lost = lost;
    this.#notes = new Set(notes);
  }

  /** What others are found by comes first: what the base lacks is laid by it, and so is what changes. */
  index(): void {
    for (const one of this.#placed)
      for (const when of WHENS) {
        if (one.instance[when] === undefined || one.row.index === undefined) continue;

        try {
          one.row.index(this.#view(one.instance, when, one.of), this.#placeIn(one.draft));
        } catch (error) {
          if (!(error instanceof UnknownAttribute)) throw error;

          this.#unindexed.set(one, [...(this.#unindexed.get(one) ?? []), error]);
        }
      }
  }

  /** What the state has and the snapshot does not is there, too: the snapshot is older, or of a part. */
  addMissing(): void {
    const { plan, base } = this.given;
    const missing: string[] = [];
    for (const one of this.#placed) {
      const { instance, row, draft } = one;
      if (instance.before === undefined || instance.deposed) continue;

      const owner = this.#ownerOf(one, 'before');
      if (owner === undefined || draft.inBase(row.list as IndexedList, owner)) continue;

      if (row.isPart !== true && draft.base[row.list] !== undefined) missing.push(`${instance.address} (${owner})`);
      this.#attempt(one, () => row.add(this.#view(instance, 'before', one.of), this.#placeIn(draft)));
    }
    if (missing.length > 0 && base.regions.length > 0) this.#notes.add(missingNote(missing, plan.words.plan));
    for (const { draft } of this.#drafts.all) draft.forgetChanges();
  }

  /** What the plan deletes or replaces, the last one first. */
  remove(): void {
    for (const one of this.#placed.toReversed()) {
      const { instance, row, draft } = one;
      if (instance.before === undefined || !removes(changeOf(instance), row) || instance.lost !== undefined) continue;

      this.#attempt(one, () => {
        const view = this.#view(instance, 'before', one.of);
        if (row.remove !== undefined) row.remove(view, this.#placeIn(draft));
        else draft.remove(row.list as IndexedList, view.needed(row.idAttribute ?? 'id'));
      });
    }
  }

  /** What the plan creates or changes, and what each address is called. */
  add(): void {
    for (const one of this.#placed) {
      const { instance, row, draft } = one;
      const change = changeOf(instance);
      const owner = this.#ownerOf(one, instance.after === undefined ? 'before' : 'after');
      this.#nameOwners(one, owner);
      for (const error of this.#unindexed.get(one) ?? []) this.#unknown(one, error);
      this.#nameIds(one);
      if (change === undefined) continue;

      // A part that is replaced may have belonged to something else before.
      const former =
        instance.before === undefined ? [] : [this.#ownerOf(one, 'before'), ...this.#ownersOf(one, 'before')];
      const ids = texts(instance.before?.[row.idAttribute ?? 'id'], ...former, owner);
      const { address, undecided, lost } = instance;
      this.#changes.push({ address, change, ids: [...new Set(ids)], undecided });
      if (lost !== undefined) {
        this.#unknown(one, new UnknownAttribute(address, this.#references.nameOf(instance, []), [lost]));
        continue;
      }
      if (instance.after === undefined || instance.deposed) continue;

      this.#attempt(one, () => row.add(this.#view(instance, 'after', one.of), this.#placeIn(draft)));
    }
  }

  /** The snapshot after the apply, with the names of all that it has. */
  finish(): Laid {
    const { plan, instances, base, set } = this.given;
    const drafted = this.#drafts.all;
    const drafts = drafted.map(({ draft }) => draft);
    for (const { draft, kind, what } of this.#lost)
      for (const gateway of draft.all('gateways'))
        if (gateway.kind === kind && gateway.routes.length > 0) draft.routes.loseAll(gateway.id, what);

    const regions = drafted.map(({ draft, of }) =>
      completed(draft, foreignResourcesOf(instances, of.cloud.name, set), plan.words, of),
    );
    const kept = base.regions.filter((one) => !drafts.some((draft) => draft.base === one));
    const members = drafts.flatMap((draft) => [...draft.symbols]);
    const { symbols, words } = this.#ids;
    for (const [id, address] of members) symbols.set(id, address);
    for (const [id, address] of symbols) this.#names.set(id, address);
    return {
      snapshot: { ...base, regions: inOrder(base, [...regions, ...kept]) },
      names: this.#names,
      symbols,
      words,
      changes: this.#changes.map((one) => ({
        ...one,
        ids: [...one.ids, ...members.flatMap(([id, address]) => (address === one.address ? id : []))],
      })),
      broken: new Map(drafts.flatMap(({ routes }) => [...routes.broken])),
      routes: new Map(drafts.flatMap(({ routes }) => [...routes.addresses])),
      owners: this.#owners,
      unknownRoutes: this.#unknownRoutes,
      lostRoutes: drafts.flatMap((draft) => draft.routes.lost),
      uses: new Map(drafts.flatMap(({ uses }) => [...uses])),
      notes: [...this.#notes],
      idOf: (instance, attribute) => ifKnown(() => this.#ids.of(instance, attribute)),
    };
  }

  /** The IDs of what an address is, or belongs to. */
  #nameOwners(one: Placed, owner: string | undefined): void {
    const { instance, row } = one;
    const hasId = row.ids?.['id'] !== undefined && instance.after !== undefined;
    const own = hasId ? ifKnown(() => this.#references.symbolOf(instance, 'id')) : undefined;
    // What is open of an integration concerns the routes that use it, and no other route of its gateway.
    const isOwn = row.lose !== undefined && own !== undefined;
    const several = row.owners === undefined || instance.after === undefined ? [] : this.#ownersOf(one, 'after');
    this.#owners.set(instance.address, texts(isOwn ? undefined : owner, ...several, own, instance.after?.['id']));
  }

  #nameIds({ instance, row }: Placed): void {
    for (const when of WHENS) {
      if (instance[when] === undefined) continue;

      for (const attribute of Object.keys(row.ids ?? {})) {
        const value = instance[when]?.[attribute];
        if (typeof value !== 'string' || /^[\d./]+$/.test(value)) continue;

        this.#names.set(value, instance.address);
        if (row.isNamed === true) this.#ids.words.add(value);
      }
    }
  }

  #attempt(one: Placed, act: () => void): void {
    try {
      act();
    } catch (error) {
      if (!(error instanceof UnknownAttribute)) throw error;

      this.#unknown(one, error);
    }
  }

  /** Something is not known of a resource: a gap of what it belongs to, or a route that cannot be followed. */
  #unknown(one: Placed, error: UnknownAttribute): void {
    const { instance, row, draft } = one;
    const what = error.said(this.given.plan.words.later);
    if (row.route === undefined) {
      const missing = `${error.address}.${error.attribute} (${error.reasons.join('; ')})`;
      draft.gap(row.list, this.#ownerOf(one, 'after'), missing);
      return;
    }

    this.#unknownRoutes.push({ address: instance.address, isRoute: row.route === 'whole', what });
    try {
      row.lose?.(this.#view(instance, 'after', one.of), this.#placeIn(draft), what);
    } catch (second) {
      if (!(second instanceof UnknownAttribute)) throw second;
    }
  }

  #ownerOf({ instance, row, draft, of }: Placed, when: View['when']): string | undefined {
    const view = this.#view(instance, when, of);
    return ifKnown(() => (row.isPart === true ? row.owner?.(view, draft) : view.text(row.idAttribute ?? 'id')));
  }

  #ownersOf({ instance, row, draft, of }: Placed, when: View['when']): readonly string[] {
    return ifKnown(() => row.owners?.(this.#view(instance, when, of), draft)) ?? [];
  }

  #view(instance: Instance, when: View['when'], of: PlansOfCloud): View {
    const { plan, choose } = this.given;
    const { base: place } = this.#drafts.of(instance, of);
    return new View(instance, { references: this.#references, words: plan.words, choose, place }, when);
  }

  #placeIn(draft: DraftRegion): Place {
    return { draft, note: (text) => void this.#notes.add(text) };
  }
}

function texts(...values: readonly unknown[]): readonly string[] {
  return values.filter((value) => typeof value === 'string');
}
