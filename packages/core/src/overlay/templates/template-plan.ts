import type { Snapshot } from '../../do/snapshot/snapshot.js';
import { instanceOf, OpenReferences, type OpenInstance } from '../declared/open-plan.js';
import { Open } from '../declared/open.js';
import type { ToolPlan } from '../declared/tool-plan.js';
import type { Attributes } from '../declared/values.js';
import type { PlanSet } from '../rows/plan-set.js';
import type { DefaultPlace } from '../lay/places.js';
import { FoundStack, type DeclaredStack } from './declared-stacks.js';
import { fewText } from '../../ground/text/quantities.js';
import { faultsIn, lackingIn, macrosIn } from './template-faults.js';
import { matchStacks } from './match-stacks.js';
import { dependsOn, names, NESTED } from '../cloudformation/plan.js';
import { WORDS } from '../cloudformation/words.js';

/**
 * Templates of stacks as they are laid over a snapshot, each time anew. What exists is found in the snapshot once, the rest
 * is new; what only a change set can say is lost, or in doubt, with that reason.
 */
export function templatePlans(
  given: readonly DeclaredStack[],
  base: Snapshot | undefined,
  places: DefaultPlace,
  set: PlanSet,
): () => ToolPlan {
  const found = new Map<DeclaredStack, FoundStack>();
  const naming = {};
  for (const one of given) {
    const outer = one.parent && found.get(one.parent.stack);
    found.set(one, new FoundStack(one, base, places, set, given.length === 1, outer, naming));
  }
  const stacks = [...found.values()];
  const planOf = (): ToolPlan => planned(stacks, base, set);
  for (const one of stacks) one.evaluated(base, stacks);
  for (const stack of stacks)
    for (const name of Object.keys(stack.given.template.resources)) {
      const has = stack.has(name);
      if (has === false || nestedOf(stack, name, stacks) !== undefined) continue;

      const open = has instanceof Open ? `its condition is not decided (${has.reasons.join('; ')})` : undefined;
      stack.change(name, stack.ids.has(name) ? 'Modify' : 'Add', stack.given.dummies ?? open);
    }
  const doubts = base === undefined ? new Map() : matchStacks({ stacks, base, places, set, plan: planOf });
  return () => ({ ...planOf(), doubts });
}

function planned(stacks: readonly FoundStack[], base: Snapshot | undefined, set: PlanSet): ToolPlan {
  // A stack in a stack is undone with that one.
  const outermost = new Map<string, FoundStack>();
  const outermostOf = (one: FoundStack): FoundStack => (one.parent === undefined ? one : outermostOf(one.parent));
  const instances = stacks.flatMap((stack) =>
    stack
      .evaluated(base, stacks)
      .resources()
      .map(instanceOf)
      .map((one) => {
        outermost.set(one.address, outermostOf(stack));
        return one.before === undefined ? one : { ...one, before: identityOf(one, set) };
      }),
  );
  const pairs = stacks.flatMap((one) =>
    Object.entries(one.given.template.resources).flatMap(([name, resource]) =>
      dependsOn(resource).flatMap((other) =>
        addressesOf(one, name, stacks).flatMap((later) =>
          addressesOf(one, other, stacks).map((before) => `${later} ${before}`),
        ),
      ),
    ),
  );
  const after = new Set(pairs);
  const waits: ToolPlan['waitsFor'] = ({ address }, other) => after.has(`${address} ${other.address}`);
  return {
    words: { ...WORDS, plan: 'the template', decide: deciding(stacks) },
    partial: stacks.flatMap((one) => [
      ...(one.given.template.transform === undefined ? [] : ['the template has a transform, which creates resources']),
      ...[...one.changes.values()].flatMap(({ ResourceType, LogicalResourceId: name }) =>
        ResourceType === NESTED
          ? [`${name} is a nested stack, whose template ${one.given.file === undefined ? 'is not given' : NO_ASSET}`]
          : [],
      ),
    ]),
    faults: stacks.flatMap(faultsIn),
    notes: stacks.flatMap((stack) => {
      const { name, exists, ids, parent } = stack;
      const macros = macrosIn(stack).map((one) => `${one} has Fn::Transform: what it adds is not in the template`);
      if (base === undefined || parent !== undefined) return macros;
      if (exists)
        return [
          ...macros,
          `stack ${name} exists: ${ids.size} of its resources are in the snapshot, those without tags whatever their logical IDs are`,
        ];

      const what = name === undefined ? 'a stack of the template' : `stack ${name}`;
      return [...macros, `no tag in the snapshot names ${what}: all is taken as new`];
    }),
    instances,
    references: (symbolOf) => new OpenReferences(instances, WORDS.later, symbolOf, true),
    regionOf: (instance) => (instance as OpenInstance).region,
    waitsFor: (one, other) => names(one, other) || waits(one, other),
    waitedFor: waits,
    deletesLast: true,
    undoneWith: (one, refused) => outermost.get(one.address) === outermost.get(refused.address),
  };
}

const NO_ASSET = 'no `aws:asset:path` names in the folder';

/** The stack in a stack that a resource is. */
function nestedOf(outer: FoundStack, name: string, all: readonly FoundStack[]): FoundStack | undefined {
  return all.find(({ parent, given }) => parent === outer && given.parent?.name === name);
}

/** What a resource is; of a stack in a stack all that it has. */
function addressesOf(stack: FoundStack, name: string, all: readonly FoundStack[]): readonly string[] {
  const inner = nestedOf(stack, name, all);
  if (inner === undefined) return [stack.address(name)];

  return Object.keys(inner.given.template.resources).flatMap((one) => addressesOf(inner, one, all));
}

/** What decides what is not known: what is missing is named first. */
function deciding(stacks: readonly FoundStack[]): string {
  if (stacks.some(({ given }) => given.dummies !== undefined))
    return 'Write the folder with `cdk synth` and credentials.';

  const lacking = stacks.filter(({ parent }) => parent === undefined).flatMap(lackingIn);
  return lacking.length === 0
    ? 'Give its change set with --change-set, or write the value in the template.'
    : `Give ${fewText([...new Set(lacking)])} with --parameters, or its change set with --change-set.`;
}

/** What is known of what exists: a part as it is declared, by which others find it; of the rest its IDs. */
function identityOf({ type, before = {}, after = {} }: OpenInstance, set: PlanSet): Attributes {
  const isPart = set.row(type)?.isPart === true;
  const isKnown = (value: unknown): boolean => (isPart ? value !== null : typeof value === 'string');
  return Object.fromEntries(Object.entries(isPart ? after : before).filter(([, value]) => isKnown(value)));
}
