import { aboutThings, thing } from '../../do/findings/subject.js';
import { fail, findingOf, undecided } from '../../do/findings/say.js';
import { statementsOf } from '../../do/findings/statements.js';
import { fewText } from '../../ground/text/quantities.js';
import type { AskedPlan } from '../carry/ask-plan.js';
import type { AskedRefusal, UnorderedChange } from '../carry/asked-refusal.js';
import type { ToolPlan, ToolWords } from '../declared/tool-plan.js';
import type { Instance } from '../declared/values.js';
import type { Laid } from '../lay/laid.js';
import { refusalRemedy } from './refusal-remedy.js';
import { REFUSED_RULE, type Refused } from './refused.js';
import type { JudgedRoute } from './routes.js';
import type { PlanSet } from '../rows/plan-set.js';

const TEXTS = statementsOf({
  REFUSED: fail('[if isDeleted: it cannot be deleted, ]{operation} is refused: {words} ({code})', '{remedy}'),
  FAULT: fail('{tool} refuses {plan}: {words}', '{remedy}'),
  NEWER: undecided(
    '{operation}: a value that this version does not know. Is it newer than {day}? {words}',
    'Look for the value in the release notes of the service, {notes}; where they have it, the rest of the plan stands.',
  ),
  UNORDERED: undecided(
    'nothing makes {before} exist before {address}: where {address} comes first, {operation} is refused: {words} ({code})',
    '{remedy}',
  ),
  UNORDERED_DELETION: undecided(
    'nothing makes {before} go before {address} comes: where {address} comes first, {operation} is refused: {words} ({code})',
    'Delete {before} first, in an execution of its own.',
  ),
  UNORDERED_SERVING: undecided(
    'nothing makes {before} exist before {address}: where {address} comes first, it does not serve {unserved}',
    '{remedy}',
  ),
});

/** What the tool refuses as a whole: nothing new of the plan comes to be. */
export function faultsOf(plan: ToolPlan): readonly Refused[] {
  const { faults = [], words } = plan;
  if (faults.length === 0) return [];

  const needing = new Set(createdIn(plan).map(({ address }) => address));
  return faults.map(({ address, remedy, words: said }) => ({
    address,
    ids: [],
    needing,
    finding: findingOf(REFUSED_RULE, {
      ...TEXTS.FAULT({ tool: words.tool, plan: words.plan, words: said, remedy }),
      ...aboutThings(undefined, thing('resource', address, address)),
      params: { words: said },
      evidence: [],
    }),
  }));
}

function createdIn({ instances }: ToolPlan): readonly Instance[] {
  return instances.filter(({ actions, lost }) => lost === undefined && actions.includes('create'));
}

/** What the services refuse when the plan is carried out. `routes`, by address: beside one that is refused, others of its gateway stay. */
export function askedRefusals(
  ask: AskedPlan | undefined,
  plan: ToolPlan,
  laid: Laid,
  set: PlanSet,
  routes: { readonly has: (address: string) => boolean },
): readonly Refused[] {
  if (ask === undefined) return [];

  const { undoneWith } = plan;
  // A tool may undo all that is new, such as a gateway that a delivered call went through.
  const stays = (gatewayId: string): boolean => undoneWith === undefined || !laid.symbols.has(gatewayId);
  const delivered = ask.called.filter(({ isDelivered, gatewayId }) => isDelivered && stays(gatewayId));
  const spared = new Set(delivered.map(({ gatewayId, key }) => `${gatewayId} ${key}`));
  const instances = new Map(plan.instances.map((one) => [one.address, one] as const));
  const gateways = new Set(laid.snapshot.regions.flatMap((region) => region.gateways.map(({ id }) => id)));
  const omitted = new Set(ask.omitted.map(({ address }) => address));
  const idsOf = new Map<string, string[]>();
  for (const [id, of] of laid.symbols) idsOf.set(of, [...(idsOf.get(of) ?? []), id]);
  const madeBy = (addresses: Iterable<string>): readonly string[] =>
    [...addresses].flatMap((of) => idsOf.get(of) ?? []);
  // What is undone together is one set, however many of it are refused.
  const groups = new Map<Instance, { readonly addresses: ReadonlySet<string>; readonly ids: ReadonlySet<string> }>();
  const undone = ({ address, change }: AskedRefusal): ReadonlySet<string> | undefined => {
    const instance = instances.get(address);
    if (undoneWith === undefined || instance === undefined || change === 'delete') return undefined;

    const [, known] = [...groups].find(([other]) => undoneWith(other, instance)) ?? [];
    if (known !== undefined) return known.addresses;

    const addresses = new Set(createdIn(plan).flatMap((one) => (undoneWith(one, instance) ? [one.address] : [])));
    groups.set(instance, { addresses, ids: new Set(madeBy(addresses)) });
    return addresses;
  };
  const found = (
    one: AskedRefusal,
    text: ReturnType<(typeof TEXTS)[keyof typeof TEXTS]>,
    needing: ReadonlySet<string> = new Set(one.needing),
  ): Refused => {
    const { address, operation, code, message, feeds } = one;
    const group = [...groups.values()].find(({ addresses }) => addresses === needing && addresses.has(address));
    const changed = laid.changes.flatMap((change) => (change.address === address ? change.ids : []));
    // A part of a gateway that is refused, such as an integration, leaves the other routes where nothing is undone.
    const isWide = (id: string): boolean => undoneWith === undefined && gateways.has(id);
    const all = [...(laid.owners.get(address) ?? []), ...changed].filter((id) => !isWide(id));
    const own = routes.has(address) ? [] : all;
    const isServing = 'unserved' in one && (one as UnorderedChange).unserved.length > 0;
    return {
      address,
      ids: isServing ? [] : [...own, ...feeds, ...madeBy(feeds)],
      needing,
      lacking: group?.ids ?? new Set(madeBy([address, ...needing])),
      finding: findingOf(REFUSED_RULE, {
        ...text,
        ...aboutThings(undefined, thing('resource', address, address)),
        params: { operation, serviceCode: code, words: message },
        evidence: [],
      }),
    };
  };
  return [
    ...causesFirst(ask.refused).map((one) => {
      const { type = '' } = instances.get(one.address) ?? {};
      const remedy = refusalRemedy(one, plan, set.of(type)?.acts?.remedies ?? []);
      const needing = one.needing.filter((address) => omitted.has(address) || !isBeside(address, one.address));
      const all = undone(one) ?? new Set<string>();
      const lost = needing.every((address) => all.has(address)) ? all : new Set([...needing, ...all]);
      const { newerThan, operation } = one;
      const text = newerThan
        ? TEXTS.NEWER({ ...newerThan, operation, words: told(one).words })
        : TEXTS.REFUSED({ ...told(one), remedy, isDeleted: one.change === 'delete' });
      const refusal = found(one, text, lost);
      return one.change === 'create' ? { ...refusal, spared } : refusal;
    }),
    ...ask.unordered.map((one) => found(one, unorderedText(one, plan.words))),
  ];
}

/** Whether two addresses are of different keys, of which the one needs nothing of the other: `r.this["list"]`, `i.this["make"]`. */
function isBeside(address: string, other: string): boolean {
  const [one, two] = [address, other].map((text) => /\[(?:"[^"]*"|\d+)\]$/.exec(text)?.[0]);
  return one !== undefined && two !== undefined && one !== two;
}

/** What calls of a route became after the plan, beside what its path is judged to be: two witnesses. */
export interface SecondWitness {
  readonly verdict: 'fail' | 'unknown' | undefined;
  readonly because: string;
  readonly remedy: string;
}

const REMEDY = 'Call the route after the apply. Where the call fails, correct what the simulated cloud names.';

/**
 * What was observed of a route. A route that passes and whose calls were not delivered is undecided, where nothing else can be why.
 * Of one that is undecided it is a sentence, where a call was delivered or nothing else can be why. One that fails stays: see docs/trust.md.
 */
export function witnessed(ask: AskedPlan | undefined, route: JudgedRoute | undefined): SecondWitness | undefined {
  const all = ask?.called.filter(({ gatewayId, key }) => gatewayId === route?.gatewayId && key === route.key) ?? [];
  // A canary gets calls of its own.
  const seen = all.find(({ isDelivered }) => !isDelivered) ?? all[0];
  if (seen === undefined || route === undefined || route.verdict === 'fail') return undefined;

  const { isDelivered, because, isCertain, isMisconfigured } = seen;
  const answer = isDelivered
    ? 'a call was delivered'
    : `no call was delivered${because === undefined ? '' : ` (${because})`}`;
  const observed = `On the simulated cloud, ${answer}`;
  // What was carried out in part may lack what delivers the call.
  if (!isDelivered && !isCertain) return undefined;
  if (route.verdict === 'unknown') return { verdict: undefined, because: observed, remedy: REMEDY };
  if (isDelivered) return undefined;

  if (isMisconfigured)
    return {
      verdict: 'fail',
      because: `the gateway answers each call with an error of its own: ${because ?? 'without a reason'}`,
      remedy: 'Correct the integration of the route.',
    };

  return {
    verdict: 'unknown',
    because: `by its path calls arrive, and on the simulated cloud no call was delivered: ${because ?? 'without a reason'}`,
    remedy: REMEDY,
  };
}

/** That a plan was not carried out as a whole, and what of it was not. */
export function askedNotes(ask: AskedPlan | undefined): readonly string[] {
  if (ask === undefined || ask.omitted.length === 0) return [];

  const { changes, omitted } = ask;
  const addresses = [...new Set(omitted.map(({ address }) => address))];
  return [
    `${changes - omitted.length} of ${changes} changes were carried out on the simulated cloud, ${omitted.length} not: ${fewText(addresses)}`,
  ];
}

function told({ operation, message, code }: AskedRefusal) {
  return { operation, words: withoutStop(message), code };
}

/** Without what is refused since it names something else that is. */
function causesFirst(refused: readonly AskedRefusal[]): readonly AskedRefusal[] {
  return refused.filter(
    ({ address, message }) =>
      !refused.some((one) => one.address !== address && one.needing.includes(address) && message.includes(one.address)),
  );
}

function unorderedText(one: UnorderedChange, { comesAfter }: ToolWords) {
  const { address, unserved } = one;
  const [before, remedy] = [fewText(one.before, one.before.length, ' and '), comesAfter(address, one.before)];
  if (unserved.length > 0)
    return TEXTS.UNORDERED_SERVING({ address, before, remedy, unserved: fewText(unserved, 2, ' and ') });
  if (one.isGone) return TEXTS.UNORDERED_DELETION({ ...told(one), address, before });

  return TEXTS.UNORDERED({ ...told(one), address, before, remedy });
}

/** The words of a service as a part of a sentence: in one line, without a full stop. */
function withoutStop(text: string): string {
  return text
    .trim()
    .replaceAll(/:\s*\n\s*/g, ': ')
    .replaceAll(/(?<![^\S\n])[^\S\n]*\n\s*/g, '; ')
    .replace(/\.$/, '');
}
