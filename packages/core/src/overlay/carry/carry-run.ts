import type { Snapshot } from '../../do/snapshot/snapshot.js';
import { defined } from '../../ground/defined.js';
import type { Attributes, Instance, Value } from '../declared/values.js';
import type { ToolPlan } from '../declared/tool-plan.js';
import type { PlanSet } from '../rows/plan-set.js';
import { IDENTITY, type Act, type ActValues, type Answer, type Caller, type Input, type Outputs } from '../acts/act.js';
import { CALL_MS, type ChangeOrder, type Edge, type PlannedChange } from './change-order.js';
import { Certainty } from './certainty.js';
import { filled } from '../acts/input-shape.js';
import { type KnownValues, memberOf } from './known-values.js';
import { ifKnown, OpenValue, UnresolvedValue } from '../acts/open-value.js';
import type { ServiceRefusal, SimulatedTwin } from './simulated-twin.js';
import type { SteadyCalls } from './steady-calls.js';

/** A step that the service refuses. */
export interface RefusedChange extends Omit<ServiceRefusal, 'isLacking'> {
  readonly step: PlannedChange;
  readonly operation: string;
  /** Why it is not certain. Undefined: it is. */
  readonly doubt?: string | undefined;
}

/** A step that was not carried out. */
export interface OmittedChange {
  readonly step: PlannedChange;
  readonly why: string;
  /** Nothing carries out its type, or this change of it. */
  readonly isUnknownType: boolean;
}

export interface CarryOptions {
  readonly region: string | undefined;
  readonly set: PlanSet;
  readonly base: Snapshot;
  /** What comes last may come first, as far as the plan lets it. */
  readonly early?: boolean | undefined;
  /** The order of another reading of the plan, and what comes after what besides. */
  readonly order?: ChangeOrder | undefined;
  readonly edges?: readonly Edge[] | undefined;
  /** Which of two values stands for an open member. */
  readonly standIn?: 0 | 1 | undefined;
  /** Time passes at the end, until all is as it stays. */
  readonly settles?: boolean | undefined;
  /** Calls that are made all the time: steps take the time that a tool takes, side by side. */
  readonly steady?: SteadyCalls | undefined;
}

/** Operations that change nothing. */
const READS = /\.(?:Describe|Get|List|Search)/;

interface LastCall {
  readonly operation: string;
  readonly input: object;
}

/** The steps of a plan on a twin, and what became of them. */
export class CarryRun {
  readonly refused: RefusedChange[] = [];
  readonly postponed = new Map<PlannedChange, RefusedChange>();
  readonly omitted: OmittedChange[] = [];
  readonly done = new Set<PlannedChange>();
  readonly decided = new Map<Instance, Attributes>();
  readonly #certainty: Certainty;
  /** What the twin has under another ID than the state. */
  readonly #renamed = new Map<string, string>();
  #names = 0;
  #takenMs = 0;
  #last: LastCall = { operation: '', input: {} };
  /** Whether a call of the step was accepted that changes something. */
  #hasChanged = false;

  constructor(
    readonly plan: ToolPlan,
    readonly twin: SimulatedTwin,
    readonly options: CarryOptions,
    readonly values: KnownValues,
    order: ChangeOrder,
  ) {
    this.#certainty = new Certainty(values, order, options.base);
  }

  /** How long the last step takes. */
  takenMs(): number {
    const taken = this.#takenMs;
    this.#takenMs = 0;
    return taken;
  }

  /** What was accepted and has failed since then is refused as well. */
  async lookForFailures(): Promise<void> {
    for (const step of [...this.done].filter(({ kind }) => kind === 'create')) {
      const { instance } = step;
      const { failure, operation = '' } = this.values.actOf(instance) ?? {};
      const outputs = this.values.outputs.get(instance.address) ?? {};
      let message: string | undefined;
      await this.#attempted(() => void (message = failure?.(outputs, this.#caller(instance))));
      if (message === undefined) continue;

      this.done.delete(step);
      this.#hasChanged = true;
      this.#refuse(step, { code: 'FAILED', message, isLacking: false }, { operation, input: {} });
    }
  }

  async step(step: PlannedChange): Promise<void> {
    const { kind, instance } = step;
    const { address, before, after, type } = instance;
    const act = this.values.actOf(instance);
    this.#hasChanged = false;
    if (kind === 'keep') return this.#keep(instance, act);
    if (act === undefined && this.values.isInert(instance)) {
      const identity = Object.fromEntries(IDENTITY.map((name) => [name, address]));
      this.values.outputs.set(address, { ...known(after ?? before), ...identity });
      return;
    }
    if (act === undefined) return this.#omit(step, `${type} is not carried out`, true);

    const seen = kind === 'create' ? {} : await this.#seen(instance, act);
    try {
      const isCarried = await this.#carry(step, act, seen);
      if (!isCarried) return this.#omit(step, `no ${kind} of ${type} is carried out`, true);

      this.done.add(step);
    } catch (error) {
      this.#failed(step, act, error);
    }
  }

  /** What stays is in the snapshot. What no snapshot has is created, under the names that the state has. */
  async #keep(instance: Instance, act: Act | undefined): Promise<void> {
    const { address, after } = instance;
    const seen = await this.#seen(instance, act);
    if (act?.isUnseen === true && after !== undefined)
      await this.#attempted(() => this.#create(instance, act, after).then(() => undefined));
    this.values.outputs.set(address, { ...known(after), ...seen });
  }

  /** The IDs by which the twin has what exists. Where the state has others, each call is made with those of the twin. */
  async #seen(instance: Instance, act: Act | undefined): Promise<Outputs> {
    const { before } = instance;
    let seen: Outputs = {};
    if (before !== undefined)
      await this.#attempted(() => void (seen = act?.prior?.(before, this.#caller(instance)) ?? {}));
    for (const [name, id] of Object.entries(seen)) {
      const stated = before?.[name];
      if (typeof stated === 'string' && typeof id === 'string' && stated !== id) this.#renamed.set(stated, id);
    }
    return seen;
  }

  async #carry({ kind, instance }: PlannedChange, act: Act, seen: Outputs): Promise<boolean> {
    const { address, before = {} } = instance;
    const caller = this.#caller(instance);
    if (kind === 'create') {
      await this.#create(instance, act, undefined);
      return true;
    }
    if (kind === 'update') {
      this.values.outputs.set(address, { ...known(before), ...seen });
      const changed = await act.update?.(before, this.values.of(instance), caller);
      this.values.outputs.set(address, { ...known(before), ...seen, ...changed });
      return act.update !== undefined;
    }
    await act.remove?.(before, caller);
    if (act.goneMs !== undefined) await caller.wait(act.goneMs);
    this.#takenMs += (act.goneLooks ?? 0) * CALL_MS;
    return act.remove !== undefined;
  }

  /** `given`: the attributes of what exists already and is created for others. */
  async #create(instance: Instance, act: Act, given: Attributes | undefined): Promise<void> {
    const { address, after } = instance;
    const caller = this.#caller(instance);
    const values = given ?? this.values.of(instance);
    const made = await this.#made(instance, act, values, caller);
    if (act.isOutside?.(values) === true) this.values.outside.add(address);
    const outputs = { ...known(after), ...made };
    this.values.outputs.set(address, outputs);
    try {
      await act.after?.(values, outputs, caller);
    } finally {
      if (given === undefined) this.#learn(instance, values, made);
    }
    this.#takenMs += act.readyMs ?? 0;
  }

  async #made(instance: Instance, act: Act, values: ActValues, caller: Caller): Promise<Outputs> {
    if (act.create !== undefined) return act.create(values, caller);

    const { operation = '', names, optional, outputs } = act;
    const leftOut = (): void => void this.values.guessed.add(instance.address);
    const filling = { optional: optional ?? [], leftOut, ...(names === undefined ? {} : { names }) };
    const filledInput = this.#filled(instance, operation, values, filling);
    const input = act.input?.(filledInput, values, caller) ?? filledInput;
    const answer: Answer = await caller.call(operation, input);
    return { answer, ...outputs?.(answer, input, values) };
  }

  /** What the service answered, and what the open values were, is known from now on. */
  #learn(instance: Instance, values: ActValues, made: Outputs): void {
    const { answer, ...outputs } = made;
    const learned: Record<string, unknown> = { ...answersIn(values, () => true), ...defined(outputs) };
    this.decided.set(
      instance,
      answersIn(values, ({ isExact }) => isExact),
    );
    const { unknown } = instance;
    if (typeof unknown === 'object' && unknown !== null)
      for (const [name, mark] of Object.entries(unknown)) {
        if (mark !== true || learned[name] !== undefined || (values[name] ?? null) !== null) continue;

        const found = memberOf(answer, name);
        if (found !== undefined) learned[name] = found;
      }
    this.values.learn(instance, learned);
  }

  #failed(step: PlannedChange, act: Act, error: unknown): void {
    if (error instanceof UnresolvedValue) return this.#omit(step, error.message, false);

    if (error instanceof TypeError) return this.#omit(step, 'a value has a wrong type', false);

    const refusal = this.twin.refusalOf(error);
    if (refusal === undefined) throw error;
    if (act.isAuxiliary === true) return;
    if (refusal.isLacking) return this.#omit(step, refusal.message, true);

    this.#refuse(step, refusal, this.#last);
  }

  #refuse(step: PlannedChange, refusal: ServiceRefusal, { operation, input }: LastCall): void {
    const { code, message, newerThan } = refusal;
    const former = this.postponed.get(step);
    // What was omitted since then has not come before it.
    const doubt = former?.message === message ? former.doubt : this.#certainty.doubt(step, refusal, input);
    const refused = { step, code, message, newerThan, operation, doubt };
    const { early, steady } = this.options;
    const { plan } = this;
    const isRepeated = plan.repeatsCalls === true && this.values.actOf(step.instance)?.repeated?.test(message) === true;
    const mayWait = (isRepeated || early !== true) && steady === undefined && !this.#hasChanged;
    if (mayWait && former === undefined) return void this.postponed.set(step, refused);

    this.refused.push(refused);
    this.#certainty.lacks(step);
  }

  #omit(step: PlannedChange, why: string, isUnknownType: boolean): void {
    this.omitted.push({ step, why, isUnknownType });
    this.#certainty.lacks(step);
    if (step.kind === 'update') this.values.outputs.set(step.instance.address, known(step.instance.before));
  }

  /** Something that is there for others only. */
  async #attempted(work: () => void | Promise<void> | undefined): Promise<void> {
    try {
      await work();
    } catch (error) {
      const isKnown = error instanceof UnresolvedValue || error instanceof TypeError;
      if (!isKnown && this.twin.refusalOf(error) === undefined) throw error;
    }
  }

  #filled(instance: Instance, operation: string, values: ActValues, filling: Parameters<typeof filled>[2]): Input {
    const provider = this.#providerOf(instance);
    const shape = this.twin.inputOf(provider, operation);
    if (shape === undefined) throw new UnresolvedValue(`${operation} is not simulated`);

    return filled(shape, values, filling);
  }

  #providerOf({ type }: Instance): string {
    return this.options.set.of(type)?.cloud.name ?? '';
  }

  #caller(instance: Instance): Caller {
    const provider = this.#providerOf(instance);
    const { base } = this.options;
    const regions = base.regions.filter((one) => one.provider === provider);
    const region =
      this.plan.regionOf(instance) ?? this.options.region ?? this.plan.likelyRegion ?? regions[0]?.region ?? '';
    return {
      region,
      account: regions[0]?.account ?? '',
      address: instance.address,
      call: (operation, input) => {
        const plain = JSON.parse(JSON.stringify(input), (_, value: unknown) =>
          typeof value === 'string' ? (this.#renamed.get(value) ?? value) : value,
        ) as object;
        this.#last = { operation, input: plain };
        if (this.options.steady !== undefined) this.#takenMs += CALL_MS;
        const answer: Answer = this.twin.call({ provider, region }, operation, plain);
        this.#hasChanged ||= !READS.test(operation);
        return answer;
      },
      fill: (operation, values, names) =>
        this.#filled(instance, operation, values, names === undefined ? {} : { names }),
      wait: (ms) => this.twin.wait(ms),
      guess: () => void this.values.guessed.add(instance.address),
      unique: (stem) => `${stem}${String((this.#names += 1)).padStart(6, '0')}`,
    };
  }
}

/** The attributes that were open, with the values that were found. */
function answersIn(values: ActValues, isWanted: (value: OpenValue) => boolean): Attributes {
  const found = Object.entries(values).flatMap(([name, value]) => {
    if (!(value instanceof OpenValue) || !isWanted(value)) return [];

    const [answer] = ifKnown(() => [value.single()]) ?? ifKnown(() => [value.several()]) ?? [];
    return answer === undefined ? [] : [[name, answer as Value] as const];
  });
  return Object.fromEntries(found);
}

function known(values: Attributes | undefined): Outputs {
  return Object.fromEntries(Object.entries(values ?? {}).filter(([, value]) => value !== null));
}
