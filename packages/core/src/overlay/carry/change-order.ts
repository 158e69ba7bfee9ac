import { isMarked, marksAt, valueAt, type Instance } from '../declared/values.js';
import type { ToolPlan } from '../declared/tool-plan.js';
import { IDENTITY } from '../acts/act.js';
import type { KnownValues } from './known-values.js';

/** Between two calls of a tool, in simulated milliseconds: it waits for an answer, and reads what it changed [M]. */
export const CALL_MS = 3600;

/** One step of a plan: a resource is created, changed, deleted, or stays as it is. */
export interface PlannedChange {
  readonly kind: 'create' | 'update' | 'delete' | 'keep';
  readonly instance: Instance;
  /** What it comes after, whatever else decides. */
  readonly after: Set<PlannedChange>;
  /** What it names by a word of the configuration: it has to come after it, and no tool makes it so. */
  readonly byWord: Set<PlannedChange>;
  /** The addresses of what its open values name. */
  readonly names: ReadonlySet<string>;
}

/** The steps of a resource: a replacement has two. */
interface Steps {
  make?: PlannedChange;
  drop?: PlannedChange;
  /** The new one is created before the old one is deleted. */
  createsFirst: boolean;
}

/**
 * The steps of a plan with what each comes after: as the configuration says it, by what its values name, and for deletions by what the
 * state says. @see https://developer.hashicorp.com/terraform/internals/graph
 */
export class ChangeOrder {
  readonly all: readonly PlannedChange[];
  readonly #steps = new Map<string, Steps>();
  readonly #texts = new Map<Instance, string>();
  readonly #behind = new Map<PlannedChange, ReadonlySet<PlannedChange>>();

  /** `same`: the order of another reading of the plan, of which nothing is carried out yet. */
  constructor(
    readonly plan: ToolPlan,
    readonly values: KnownValues,
    same?: ChangeOrder,
  ) {
    if (same !== undefined) {
      this.all = same.#copied(plan);
      return;
    }

    this.all = plan.instances.flatMap((instance) => this.#stepsOf(instance));
    const makes = this.all.filter(({ kind }) => kind !== 'delete');
    const changed = makes.filter(({ kind }) => kind !== 'keep');
    for (const one of changed)
      for (const other of makes)
        if (plan.waitsFor(one.instance, other.instance) && !plan.waitsFor(other.instance, one.instance))
          one.after.add(other);

    for (const one of changed)
      for (const address of one.names) {
        const named = this.#steps.get(address)?.make;
        if (named !== undefined && named !== one && !reaches(named, one)) one.after.add(named);
      }
    for (const one of changed)
      for (const other of this.#named(one, makes))
        if (!one.after.has(other) && !reaches(other, one))
          (this.values.actOf(one.instance)?.byWord?.isOrdered === true ? one.after : one.byWord).add(other);
    for (const one of this.all) if (one.kind === 'delete') this.#orderDeletion(one, makes);
  }

  #copied({ instances }: ToolPlan): readonly PlannedChange[] {
    const others = new Map(this.plan.instances.map((one, at) => [one, instances[at] ?? one] as const));
    const copies = new Map(
      this.all.map((one) => {
        const instance = others.get(one.instance) ?? one.instance;
        return [one, { ...one, instance, after: new Set<PlannedChange>(), byWord: new Set<PlannedChange>() }] as const;
      }),
    );
    for (const [{ after, byWord }, copy] of copies) {
      for (const one of after) copy.after.add(copies.get(one) ?? one);
      for (const one of byWord) copy.byWord.add(copies.get(one) ?? one);
    }
    return [...copies.values()];
  }

  /** The steps in one order. `early`: as they begin where all that may is done at the same time, those that use what others create first. */
  sorted(early: boolean): readonly PlannedChange[] {
    const rank = ({ kind, instance }: PlannedChange): number => {
      if (kind === 'keep') return 0;
      if (kind === 'delete') return 2;

      const { isConsumer, isLast, takesAddresses, texts = {} } = this.values.actOf(instance) ?? {};
      if (isConsumer === true) return early ? 1 : 6;

      // What an open text may be depends on all that is there.
      const isOpen = Object.keys(texts).some((name) => isMarked(marksAt(instance.unknown, [name])));
      return isLast === true || isOpen ? 5 : takesAddresses === true ? 4 : 3;
    };
    const places = new Map(this.all.map((one, at): [PlannedChange, number[]] => [one, [0, rank(one), at]]));
    const left = new Map(this.all.map((one) => [one, new Set(early ? one.after : comesAfter(one))] as const));
    const users = new Map<PlannedChange, PlannedChange[]>();
    for (const [one, all] of left) for (const other of all) users.set(other, [...(users.get(other) ?? []), one]);

    const order: PlannedChange[] = [];
    const ready = new Set(this.all.filter((one) => left.get(one)?.size === 0));
    while (left.size > 0) {
      // A circle is cut at what comes first in the document.
      const next = least(ready.size > 0 ? ready : left.keys(), places);
      ready.delete(next);
      left.delete(next);
      order.push(next);
      const end = (places.get(next)?.[0] ?? 0) + this.#takenMs(next);
      for (const user of users.get(next) ?? []) {
        const waiting = left.get(user);
        waiting?.delete(next);
        if (waiting?.size === 0) ready.add(user);
        const place = places.get(user);
        if (early && place !== undefined) place[0] = Math.max(place[0] ?? 0, end);
      }
    }
    return order;
  }

  #takenMs({ kind, instance }: PlannedChange): number {
    if (kind === 'keep') return 0;

    return CALL_MS + (kind === 'create' ? (this.values.actOf(instance)?.readyMs ?? 0) : 0);
  }

  /** All that a step comes after, over any number of steps. */
  behind(one: PlannedChange): ReadonlySet<PlannedChange> {
    let found = this.#behind.get(one);
    if (found === undefined) {
      found = reachable(one);
      this.#behind.set(one, found);
    }
    return found;
  }

  /** Whether a resource that exists uses another one, as the state says it. */
  used(one: Instance, other: Instance): boolean {
    const ids = [other.before?.['id'], other.before?.['arn']].filter((id) => typeof id === 'string' && id.length > 5);
    return (
      this.plan.waitedFor(one, other) ||
      ids.some((id) => [`"${id}"`, `/${id}"`].some((text) => this.#textOf(one).includes(text)))
    );
  }

  /** The attributes of a resource that exists, but for those that say what it is. */
  #textOf(instance: Instance): string {
    let text = this.#texts.get(instance);
    if (text === undefined) {
      const isOther = ([name]: readonly [string, unknown]): boolean => !IDENTITY.some((one) => one === name);
      text = JSON.stringify(Object.entries(instance.before ?? {}).filter(isOther));
      this.#texts.set(instance, text);
    }
    return text;
  }

  /** What has the word by which a resource names it; of several, what names most of what that names. */
  #named({ instance, names }: PlannedChange, makes: readonly PlannedChange[]): readonly PlannedChange[] {
    const { byWord } = this.values.actOf(instance) ?? {};
    const word = byWord && valueAt(instance.after, byWord.path);
    if (byWord === undefined || typeof word !== 'string') return [];

    const isNamed = ({ instance: { type, after } }: PlannedChange): boolean =>
      type === byWord.type && after?.[byWord.attribute] === word;
    const shared = (other: PlannedChange): number => [...other.names].filter((one) => names.has(one)).length;
    const found = makes.filter(isNamed).map((other) => ({ other, count: shared(other) }));
    const most = Math.max(...found.map(({ count }) => count));
    return found.filter(({ count }) => count === most).map(({ other }) => other);
  }

  #stepsOf(instance: Instance): readonly PlannedChange[] {
    const { address, mode, after, deposed, lost } = instance;
    // What becomes of it is not known.
    const actions = lost === undefined ? instance.actions : ['no-op'];
    if (
      deposed ||
      (lost !== undefined && instance.before === undefined) ||
      (mode === 'data' && (!actions.includes('read') || this.values.actOf(instance) === undefined))
    )
      return [];

    const step = (kind: PlannedChange['kind']): PlannedChange => ({
      kind,
      instance,
      after: new Set(),
      byWord: new Set(),
      names: kind === 'create' || kind === 'update' ? this.values.namesOf(instance) : new Set(),
    });
    const kind =
      mode === 'data' || actions.includes('create')
        ? 'create'
        : actions.includes('update')
          ? 'update'
          : after !== undefined && actions[0] !== 'forget' && !actions.includes('delete')
            ? 'keep'
            : undefined;
    const make = kind === undefined ? undefined : step(kind);
    const drop = mode === 'managed' && actions.includes('delete') ? step('delete') : undefined;
    const known = this.#steps.get(address);
    // What a template has as one resource can be several of Terraform: others name the first one.
    if (known === undefined)
      this.#steps.set(address, {
        ...(make === undefined ? {} : { make }),
        ...(drop === undefined ? {} : { drop }),
        createsFirst: actions[0] === 'create',
      });
    return [make, drop].filter((one) => one !== undefined);
  }

  #orderDeletion(drop: PlannedChange, makes: readonly PlannedChange[]): void {
    const { make, drop: first, createsFirst } = this.#steps.get(drop.instance.address) ?? { createsFirst: false };
    const isReplaced = make !== undefined && first === drop;
    if (isReplaced) (createsFirst ? drop : make).after.add(createsFirst ? make : drop);

    for (const other of this.all) {
      if (other === drop || other.kind === 'keep' || other.kind === 'create') continue;
      if (!this.used(other.instance, drop.instance)) continue;

      // What uses it is deleted before it. An update of what uses it comes first only where the tool deletes last or creates the new one first.
      if (other.kind === 'delete') {
        if (!this.used(drop.instance, other.instance)) drop.after.add(other);
      } else if (createsFirst || (!isReplaced && this.plan.deletesLast === true)) drop.after.add(other);
      else if (!reaches(drop, other)) other.after.add(drop);
    }
    const isLast = this.plan.deletesLast === true && (!isReplaced || createsFirst);
    for (const one of makes) {
      const isUser = isReplaced && createsFirst && one.after.has(make);
      if (one !== make && (isUser || (isLast && one.kind !== 'keep' && !reaches(one, drop)))) drop.after.add(one);
    }
  }
}

function reachable(from: PlannedChange): ReadonlySet<PlannedChange> {
  const found = new Set<PlannedChange>();
  const open = [...comesAfter(from)];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (found.has(one)) continue;

    found.add(one);
    open.push(...comesAfter(one));
  }
  return found;
}

/** All that a step has to come after, whether the tool makes it so or not. */
export function comesAfter({ after, byWord }: PlannedChange): readonly PlannedChange[] {
  return [...after, ...byWord];
}

function reaches(from: PlannedChange, to: PlannedChange): boolean {
  return from === to || reachable(from).has(to);
}

function least(all: Iterable<PlannedChange>, places: ReadonlyMap<PlannedChange, readonly number[]>): PlannedChange {
  let found: PlannedChange | undefined;
  for (const one of all) if (found === undefined || isBefore(places.get(one), places.get(found))) found = one;
  if (found === undefined) throw new RangeError('No step is left.');

  return found;
}

function isBefore(one: readonly number[] = [], other: readonly number[] = []): boolean {
  const at = one.findIndex((part, place) => part !== other[place]);
  return (one[at] ?? 0) < (other[at] ?? 0);
}
