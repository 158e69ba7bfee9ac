import type { Snapshot } from '../../do/snapshot/snapshot.js';
import type { Instance } from '../declared/values.js';
import { IDENTITY } from '../acts/act.js';
import type { ChangeOrder, PlannedChange } from './change-order.js';
import type { KnownValues } from './known-values.js';
import type { ServiceRefusal } from './simulated-twin.js';

/**
 * Whether a refusal follows from the plan alone. It does not where something before it was omitted or refused, where a guess is behind it,
 * or where the service misses what the snapshot may lack.
 */
export class Certainty {
  readonly #lacking = new Set<PlannedChange>();
  #snapshot: string | undefined;

  constructor(
    readonly values: KnownValues,
    readonly order: ChangeOrder,
    readonly base: Snapshot,
  ) {}

  /** A step that was not carried out, or was refused. */
  lacks(step: PlannedChange): void {
    this.#lacking.add(step);
  }

  /** Why a refusal is not certain. Undefined: it is. */
  doubt(step: PlannedChange, refusal: ServiceRefusal, input: object): string | undefined {
    if (refusal.newerThan !== undefined) return 'the value may be newer than the simulated service';

    const text = `${refusal.code} ${refusal.message}`;
    if (this.#missing(step.instance).test(text)) {
      if (this.values.stoodIn.has(step.instance.address)) return 'what stands for an open value does not exist';

      if (step.kind !== 'create') return 'the snapshot may lack it';

      const absent = [...this.order.behind(step)].some((one) => this.#isAbsent(one));
      if (absent || this.#namesOther(`${text} ${JSON.stringify(input)}`))
        return 'what it names may exist and not be in the snapshot';
    }

    const chosen = this.values.set.of(step.instance.type)?.acts?.chosen;
    if (chosen?.test(text) === true) return 'it depends on what the cloud chooses';

    const behind = new Set([step, ...this.order.behind(step)]);
    const guess = [...behind].find(({ instance }) => this.values.guessed.has(instance.address));
    if (guess !== undefined) return `${guess.instance.address} has a value that the cloud chooses`;

    const isStoodIn = this.values.stoodIn.has(step.instance.address);
    const omitted = [...this.#lacking].find(
      // What it would be named by has a value that stands for it.
      (one) =>
        one !== step && (this.#decides(one, step) || this.#usesNamed(one, text) || (!isStoodIn && behind.has(one))),
    );
    if (omitted !== undefined) return `${omitted.instance.address} was not carried out`;

    return [...behind].some(({ instance }) => this.values.stoodIn.has(instance.address)) ? STOOD_IN : undefined;
  }

  /** Whether a step that was omitted would have changed what the service names: a listener of a load balancer. */
  #usesNamed(omitted: PlannedChange, text: string): boolean {
    return [...this.order.behind(omitted)].some(({ instance }) => {
      const known = this.values.outputs.get(instance.address);
      return IDENTITY.some((name) => typeof known?.[name] === 'string' && text.includes(known[name]));
    });
  }

  /** Whether a step that was omitted can be why another one is refused: it is of the same owner, or uses what is deleted. */
  #decides(omitted: PlannedChange, step: PlannedChange): boolean {
    // A sibling of the same type that is refused says nothing of this one.
    const owners = omitted.instance.type === step.instance.type ? [] : this.#ownersOf(step);
    if (owners.length > 0 && this.#ownersOf(omitted).some((one) => owners.includes(one))) return true;

    return step.kind === 'delete' && omitted.kind !== 'create' && this.order.used(omitted.instance, step.instance);
  }

  /** The IDs of what a resource belongs to, and the addresses of those that are not created yet. */
  #ownersOf({ instance, names }: PlannedChange): readonly string[] {
    const attributes = this.values.actOf(instance)?.owners ?? [];
    const values = { ...instance.before, ...instance.after };
    const ids = attributes.flatMap((name) => (typeof values[name] === 'string' ? [values[name]] : []));
    const named =
      attributes.length === 0 ? [] : [...names].flatMap((one) => [one, this.values.outputs.get(one)?.['id']]);
    return [...ids, ...named.filter((one) => typeof one === 'string')];
  }

  #missing({ type }: Instance): RegExp {
    return this.values.set.of(type)?.acts?.missing ?? /$^/;
  }

  /** Whether a text has an ID that neither the snapshot has nor what the plan makes: what stays may be younger than the snapshot. */
  #namesOther(text: string): boolean {
    const ids = this.values.set.all.flatMap(({ acts }) => (acts === undefined ? [] : (text.match(acts.ids) ?? [])));
    if (ids.length === 0) return false;

    const there = this.order.all.filter((one) => !this.#isAbsent(one));
    const outputs = JSON.stringify(there.map(({ instance }) => this.values.outputs.get(instance.address)));
    return ids.some((id) => !outputs.includes(id) && !this.#isInSnapshot(id));
  }

  /** Whether the state has a resource that stays, and the snapshot lacks it. */
  #isAbsent({ kind, instance }: PlannedChange): boolean {
    const id = instance.after?.['id'];
    const isSeen = kind === 'keep' && this.values.actOf(instance)?.isUnseen !== true && typeof id === 'string';
    return isSeen && !this.#isInSnapshot(id);
  }

  #isInSnapshot(id: string): boolean {
    this.#snapshot ??= JSON.stringify(this.base);
    return this.#snapshot.includes(id);
  }
}

/** The refusal has a value behind it that stands for an open one. */
export const STOOD_IN = 'a value stands for an open one';
