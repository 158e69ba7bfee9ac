import type { Snapshot } from '../../do/snapshot/snapshot.js';
import type { Instance } from '../declared/values.js';
import type { ToolPlan } from '../declared/tool-plan.js';
import type { PlanSet } from '../rows/plan-set.js';
import type { CarriedNetwork, CarriedOn } from '../network/carried-network.js';
import { carryOut, LEAST, MADE_UP, type Carried } from './carry-out.js';
import type { CarryOptions, RefusedChange } from './carry-run.js';
import { STOOD_IN } from './certainty.js';
import type { PlannedChange } from './change-order.js';
import type { KnownValues } from './known-values.js';
import { ifKnown, OpenValue } from '../acts/open-value.js';
import { routeCalls } from './route-calls.js';
import type { SimulatedTwin, TwinAnswer, TwinCall } from './simulated-twin.js';
import { SteadyCalls, type LostCalls } from './steady-calls.js';

/** Something that the service refuses of a plan. */
export interface AskedRefusal {
  readonly address: string;
  readonly change: Exclude<PlannedChange['kind'], 'keep'>;
  readonly operation: string;
  /** The code of the service, and its words. */
  readonly code: string;
  readonly message: string;
  /** The addresses of all that comes after it, which is not created or changed. */
  readonly needing: readonly string[];
  /** The IDs, or the addresses of what the plan creates, of what answers no call without it. */
  readonly feeds: readonly string[];
}

/** Something that the service refuses in an order that the plan allows, and accepts in another one. */
export interface UnorderedChange extends AskedRefusal {
  /** The addresses of what has to exist before it, and which nothing makes exist before it. */
  readonly before: readonly string[];
}

/** What is found by carrying a plan out. */
export interface AskedPlan {
  /** How many resources the plan changes, and how many of them were carried out. */
  readonly changes: number;
  readonly carried: number;
  readonly omitted: readonly { readonly address: string; readonly why: string; readonly isUnknownType: boolean }[];
  readonly refused: readonly AskedRefusal[];
  readonly unordered: readonly UnorderedChange[];
  /** What became of calls of each route after the plan, by gateway and key. */
  readonly called: readonly CalledRoute[];
  /** The calls that were lost while it was carried out. */
  readonly lost: readonly LostCalls[];
}

/** A route that was called after the plan, as often as its rules ask for. */
export interface CalledRoute {
  readonly gatewayId: string;
  readonly key: string;
  /** Whether one of its calls was delivered, twice. */
  readonly isDelivered: boolean;
  /** The gateway answers with an error of its own configuration. */
  readonly isMisconfigured: boolean;
  /** Why the first one was not. */
  readonly because?: string | undefined;
  /** All of the plan was carried out, with values that follow from it. */
  readonly isCertain: boolean;
}

/**
 * What is found by carrying a plan out besides the network after it: what the services refuse, in the order of the tool and with what uses
 * others as early as that allows; and, where members are open, with two values that stand for them; and what becomes of calls. `planOf` reads
 * the plan anew for each, since values become known.
 */
export async function askPlan(planOf: () => ToolPlan, made: CarriedNetwork, on: CarriedOn): Promise<AskedPlan> {
  const { carried: first, twin, network } = made;
  const { base, set, region } = on;
  const run = (
    how: Pick<CarryOptions, 'early' | 'standIn' | 'steady' | 'settles'>,
    other = on.twin(base),
  ): Promise<Carried> => carryOut(planOf(), other, { set, base, region, order: first.order, ...how });
  const called = await callsAfter(first, twin, network, set);
  const early = await run({ early: true });
  const isOpen = first.omitted.some(({ isUnknownType }) => !isUnknownType);
  const stoodIn = isOpen ? [await run({ standIn: 0 }), await run({ standIn: 1 })] : [];
  const refused = certain(first);
  const steps = first.order.all.filter(({ kind }) => kind !== 'keep');
  return {
    changes: steps.length,
    carried: first.done.size,
    omitted: first.omitted.map(({ step, why, isUnknownType }) => ({
      address: step.instance.address,
      why,
      isUnknownType,
    })),
    refused: [...refused, ...refusedTwice(stoodIn, refused)],
    unordered: early.refused
      .filter((one) => one.doubt === undefined && !isRepeated(one, first))
      .flatMap((one) => unordered(refusalOf(one, early), first, early)),
    called,
    lost: await callsDuring(base, on.twin(base), set, (steady, other) => run({ steady, settles: true }, other)),
  };
}

/** Calls each route as it is after the plan. */
async function callsAfter(
  { values, omitted, refused, done }: Carried,
  twin: SimulatedTwin,
  network: Snapshot,
  { clouds }: PlanSet,
): Promise<readonly CalledRoute[]> {
  const isWhole = omitted.length === 0 && refused.length === 0;
  const isCertain = isWhole && values.guessed.size === 0 && values.outside.size === 0;
  const found: CalledRoute[] = [];
  for (const { gatewayId, key, calls } of routeCalls(network, clouds)) {
    const answers = await answersOf(twin, calls);
    if (answers.some(({ outcome }) => outcome === 'refused')) continue;

    const isDelivered = answers.some(({ outcome }) => outcome === 'delivered');
    const isMisconfigured = answers.every(({ outcome }) => outcome === 'misconfigured');
    const [{ because } = {}] = answers;
    const words = because === undefined ? undefined : withAddresses(because, values, done);
    found.push({ gatewayId, key, isDelivered, isMisconfigured, because: words, isCertain });
  }
  return found;
}

/** Each call, and once more where it was not delivered: one target of several may be the one that fails. */
async function answersOf(twin: SimulatedTwin, calls: readonly TwinCall[]): Promise<readonly TwinAnswer[]> {
  const answers: TwinAnswer[] = [];
  for (const call of [...calls, ...calls]) {
    const answer = await twin.callGateway(call);
    answers.push(answer);
    if (answer.outcome === 'delivered') break;
  }
  return answers;
}

/** Calls the routes that work before the plan, all the time while it is carried out. */
async function callsDuring(
  base: Snapshot,
  twin: SimulatedTwin,
  { clouds }: PlanSet,
  run: (steady: SteadyCalls, twin: SimulatedTwin) => Promise<Carried>,
): Promise<readonly LostCalls[]> {
  const steady = await SteadyCalls.begin(twin, routeCalls(base, clouds));
  if (steady.isEmpty) return [];

  await run(steady, twin);
  return steady.end();
}

function certain(carried: Carried): readonly AskedRefusal[] {
  return carried.refused.filter(({ doubt }) => doubt === undefined).map((one) => refusalOf(one, carried));
}

function refusalOf(
  { step, code, message, operation }: RefusedChange,
  { order, values, done, refused }: Carried,
): AskedRefusal {
  const { kind, instance } = step;
  const needing = order.all.filter((one) => one !== step && order.behind(one).has(step));
  return {
    address: instance.address,
    change: kind === 'keep' ? 'update' : kind,
    operation,
    code,
    message: withAddresses(message, values, new Set([...done, ...refused.map((one) => one.step)])),
    needing: [...new Set(needing.map((one) => one.instance.address))],
    feeds: [...new Set([step, ...needing].flatMap((one) => fed(one.instance, values, done)))],
  };
}

/** What is refused in the same words whatever stands for the open members. */
function refusedTwice(runs: readonly Carried[], known: readonly AskedRefusal[]): readonly AskedRefusal[] {
  const [one, other] = runs;
  if (one === undefined || other === undefined) return [];

  const isStoodIn = ({ doubt }: RefusedChange): boolean => doubt === undefined || doubt === STOOD_IN;
  return one.refused.filter(isStoodIn).flatMap((found) => {
    const { address } = found.step.instance;
    const again = other.refused.some(
      (two) => isStoodIn(two) && two.step.instance.address === address && two.message === found.message,
    );
    return again && !known.some((two) => two.address === address) ? [refusalOf(found, one)] : [];
  });
}

/** Whether the call is repeated until what it needs is there. */
function isRepeated({ step, message: said }: RefusedChange, { values }: Carried): boolean {
  return values.plan.repeatsCalls === true && values.actOf(step.instance)?.repeated?.test(said) === true;
}

/** A step that is refused where it comes early: what came before it in the other order, and need not. */
function unordered(refusal: AskedRefusal, first: Carried, early: Carried): readonly UnorderedChange[] {
  const { address, change, message: said } = refusal;
  const isRefused = first.refused.some(({ step }) => step.instance.address === address);
  const step = [...first.done].find(({ kind, instance }) => instance.address === address && kind === change);
  if (isRefused || step === undefined) return [];

  const done = [...first.done];
  const behind = first.order.behind(step);
  const reachedEarly = [...early.done].map(({ instance }) => instance.address);
  const others = done
    .slice(0, done.indexOf(step))
    .filter((one) => !behind.has(one) && one.kind !== 'delete' && reachedEarly.includes(one.instance.address));
  const usersOf = (all: readonly PlannedChange[]): readonly PlannedChange[] =>
    others.filter((one) => all.some((owner) => one.after.has(owner)));
  const names = [...step.after];
  // What it names by a word decides, else what the service names, else what the step names, else all that is before it.
  const owners = [names.filter(({ instance }) => said.includes(instance.address)), names, [...behind]];
  const found = [[...step.byWord], ...owners.map(usersOf)].find((all) => all.length > 0);
  const last = found?.filter((one) => !found.some((other) => other !== one && first.order.behind(other).has(one)));
  return last === undefined ? [] : [{ ...refusal, before: [...new Set(last.map((one) => one.instance.address))] }];
}

/** What a resource feeds, by its attributes. */
function fed(instance: Instance, values: KnownValues, done: Carried['done']): readonly string[] {
  const attributes = values.actOf(instance)?.feeds ?? [];
  if (attributes.length === 0) return [];

  const given = instance.after === undefined ? {} : values.of(instance);
  const texts = attributes.flatMap((name) => textsIn(given[name] ?? instance.before?.[name]));
  return texts.map((text) => addressOf(text, values, done) ?? text);
}

/** The address of what was created with an ID. */
function addressOf(id: string, { outputs }: KnownValues, done: Carried['done']): string | undefined {
  const made = [...done].find(({ kind, instance }) => {
    const given = outputs.get(instance.address);
    return kind === 'create' && (given?.['id'] === id || given?.['arn'] === id);
  });
  return made?.instance.address;
}

function textsIn(value: unknown): readonly string[] {
  if (value instanceof OpenValue) return ifKnown(() => textsIn(value.several())) ?? [];
  if (typeof value === 'string') return [value];

  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** A text of a twin with addresses in place of the IDs of what was created, and of the names that the twin made up. */
function withAddresses(message: string, { outputs }: KnownValues, done: Carried['done']): string {
  const made = [...done].flatMap(({ kind, instance: { address } }) => {
    const { arn, id, name } = kind === 'create' ? (outputs.get(address) ?? {}) : {};
    const ids = [arn, id, MADE_UP.test(String(name)) ? name : undefined];
    return ids.flatMap((one) => (typeof one === 'string' && one.length >= LEAST ? [[one, address] as const] : []));
  });
  const longest = made.toSorted(([one], [other]) => other.length - one.length);
  return longest.reduce((text, [value, address]) => {
    const at = value.replaceAll(/[^\w-]/g, String.raw`\$&`);
    return text.replaceAll(new RegExp(String.raw`(?<![\w/-]|\w:)${at}(?![\w/-]|:\w)`, 'g'), () => address);
  }, message);
}
