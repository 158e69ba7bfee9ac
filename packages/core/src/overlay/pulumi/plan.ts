import { entryOf } from '../../ground/json.js';
import { fewText } from '../../ground/text/quantities.js';
import { instanceOf, OpenReferences, type OpenResource } from '../declared/open-plan.js';
import { Open, type OpenMembers } from '../declared/open.js';
import type { ToolPlan, ToolWords } from '../declared/tool-plan.js';
import { attributesOf, camel } from './convert.js';
import type { PulumiPreview, PulumiState, PulumiStep } from './read.js';
import type { PulumiTypeSet } from './types.js';

const WORDS: ToolWords = {
  tool: 'Pulumi',
  plan: 'the preview',
  later: 'after the update',
  computed: 'is computed by the provider',
  decide: 'Write the value in the program, or check again after the update.',
  where: ' in the program',
  createFirst: 'Remove `deleteBeforeReplace`.',
  // https://www.pulumi.com/docs/iac/concepts/resources/names/#autonaming
  createNamed:
    'Remove `name`, and `deleteBeforeReplace` where it is written, or write another name: with a fixed name Pulumi deletes the old one first.',
  otherName: 'Remove `name`, or write another one.',
  comesAfter: (address, before) => `Write the option dependsOn at ${address}, with ${fewText(before, 2, ' and ')}.`,
  redeploy: 'Write what changes into the `triggers` of the deployment: the update then replaces it.',
};

/** What a step does, in the words of Terraform. Steps of other names change nothing. */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  same: ['no-op'],
  refresh: ['no-op'],
  import: ['no-op'],
  read: ['no-op'],
  create: ['create'],
  update: ['update'],
  delete: ['delete'],
  replace: ['create', 'delete'],
  'create-replacement': ['create', 'delete'],
  'import-replacement': ['create', 'delete'],
};

/** What the resources of a program are read with. */
interface Program {
  readonly types: PulumiTypeSet;
  /** The URNs that the preview names. */
  readonly there: ReadonlySet<string>;
  /** The regions of providers, by the URN of the provider. */
  readonly regions: ReadonlyMap<string, string>;
  readonly config: PulumiPreview['config'];
}

/** A preview as it is laid over a snapshot. */
export function pulumiPlan(preview: PulumiPreview, types: PulumiTypeSet): ToolPlan {
  const { steps, errors, config } = preview;
  const program: Program = { types, there: new Set(steps.map(({ urn }) => urn)), regions: regionsOf(steps), config };
  const resources = withDeletedFirst(steps).flatMap((step) => resourceOf(step, program));
  const instances = resources.map(instanceOf);
  return {
    words: WORDS,
    partial: errors > 0 ? [`the preview ended with ${errors === 1 ? 'an error' : `${errors} errors`}`] : [],
    notes: notesOf(steps, types),
    instances,
    references: (symbolOf) => new OpenReferences(instances, WORDS.later, symbolOf),
    regionOf: (instance) => (instance as (typeof instances)[number]).region,
    waitsFor: waiting(steps, 'newState'),
    waitedFor: waiting(steps, 'oldState'),
    deletesLast: true,
    repeatsCalls: true,
  };
}

/** What a resource comes after, in its state before or after. */
function waiting(steps: readonly PulumiStep[], side: 'oldState' | 'newState'): ToolPlan['waitsFor'] {
  const byUrn = new Map(steps.map((step) => [step.urn, new Set(step[side]?.dependencies)] as const));
  return ({ address }, other) => byUrn.get(address)?.has(other.address) ?? false;
}

/**
 * With `--show-replacement-steps` a replacement is several steps: where the deletion comes first, calls fail in between.
 * @see https://www.pulumi.com/docs/iac/concepts/options/deletebeforereplace/
 */
function withDeletedFirst(
  steps: readonly PulumiStep[],
): readonly (PulumiStep & { readonly actions: readonly string[] })[] {
  const deleted = new Map<string, number>();
  steps.forEach(({ op, urn }, at) => {
    if (op === 'delete-replaced' && !deleted.has(urn)) deleted.set(urn, at);
  });
  const replaced = new Set(steps.flatMap(({ op, urn }) => (op === 'create-replacement' ? [urn] : [])));
  return steps.flatMap((step, at) => {
    const { op, urn } = step;
    // A `replace` step beside the steps that it is made of says nothing more.
    if (op === 'replace' && replaced.has(urn)) return [];

    const isFirst = (deleted.get(urn) ?? steps.length) < at;
    const actions = op === 'create-replacement' && isFirst ? ['delete', 'create'] : entryOf(ACTIONS, op);
    return actions === undefined ? [] : [{ ...step, actions }];
  });
}

function resourceOf(
  { urn, oldState, newState, actions }: PulumiStep & { readonly actions: readonly string[] },
  program: Program,
): readonly OpenResource[] {
  const { types, regions, config } = program;
  const token = newState?.type ?? oldState?.type ?? '';
  const type = types.terraformType(token);
  if (type === undefined) return [];

  const isNew = actions.includes('create');
  const before =
    oldState === undefined || (actions[0] === 'create' && actions.length === 1)
      ? undefined
      : stateOf(oldState, program);
  const isGone = actions.length === 1 && actions[0] === 'delete';
  const after = isGone ? undefined : afterOf(oldState, newState, isNew, program);
  const provider = (newState?.provider ?? oldState?.provider ?? '').replace(/::[^:]*$/, '');
  const own = after?.['region'] ?? before?.['region'];
  const fallback = config[`${token.split(':')[0] ?? ''}:region`];
  return [
    {
      address: urn,
      type,
      actions,
      region: typeof own === 'string' ? own : (regions.get(provider) ?? fallback),
      before,
      after,
      nameOf: propertyText,
    },
  ];
}

/** What a state has: what the provider returned, over what the program gave. */
function stateOf(state: PulumiState, program: Program): OpenMembers {
  const open = opener(state, program);
  const { id } = state;
  return {
    ...attributesOf(state.inputs, open, state.type),
    ...withoutEmpty(attributesOf(state.outputs, open, state.type)),
    ...(id === undefined || id === '' ? {} : { id }),
  };
}

/**
 * What a resource has after the update: what the program gives, and of one that stays the rest of what it has. A property
 * that the program does not give any more is gone.
 */
function afterOf(
  old: PulumiState | undefined,
  state: PulumiState | undefined,
  isNew: boolean,
  program: Program,
): OpenMembers | undefined {
  if (state === undefined) return old === undefined ? undefined : stateOf(old, program);

  const given = attributesOf(state.inputs, opener(state, program), state.type);
  if (isNew) return given;
  if (old === undefined) return stateOf(state, program);

  const kept = stateOf(old, program);
  const removed = Object.keys(attributesOf(old.inputs, () => new Open([], []), old.type)).filter(
    (one) => given[one] === undefined,
  );
  return {
    ...Object.fromEntries(Object.entries(kept).filter(([name]) => !removed.includes(name))),
    ...given,
  };
}

/** A value that is not known comes from the resources that the property depends on. */
function opener({ urn, propertyDependencies }: PulumiState, { types, there }: Program): (property: string) => Open {
  return (property) => {
    const urns = propertyDependencies[property] ?? [];
    const missing = urns.filter((one) => !there.has(one) && types.terraformType(typeIn(one)) !== undefined);
    const reasons =
      urns.length === 0
        ? [`${urn}.${property} depends on no resource that the preview names`]
        : missing.map((one) => `${one} is not in the preview: write it with --show-sames`);
    return new Open(
      urns.map((of) => [{ of, attribute: undefined }]),
      reasons,
    );
  };
}

/** `urn:pulumi:dev::shop::aws:ec2/vpc:Vpc::shop` has the type behind the last `$` of its third part. */
function typeIn(urn: string): string {
  return urn.split('::')[2]?.split('$').at(-1) ?? '';
}

/** Outputs of a preview that are not known say less than inputs. */
function withoutEmpty(members: OpenMembers): OpenMembers {
  return Object.fromEntries(Object.entries(members).filter(([, one]) => !(one instanceof Open) || one.isSecret));
}

/** The regions of providers, by the URN of the provider. */
function regionsOf(steps: readonly PulumiStep[]): ReadonlyMap<string, string> {
  return new Map(
    steps.flatMap(({ urn, oldState, newState }) => {
      const region = newState?.inputs['region'] ?? oldState?.inputs['region'];
      return typeIn(urn).startsWith('pulumi:providers:') && typeof region === 'string' ? [[urn, region] as const] : [];
    }),
  );
}

function propertyText(path: readonly (string | number)[]): string {
  if (path.length === 0) return 'properties';

  return path
    .map((part, at) => (typeof part === 'number' ? `[${part}]` : `${at === 0 ? '' : '.'}${camel(part)}`))
    .join('');
}

/** A note each, at the first resource that it is about. */
function notesOf(steps: readonly PulumiStep[], types: PulumiTypeSet): readonly string[] {
  const first = new Map<string, string>();
  for (const { urn, op } of steps) {
    const note = op === 'same' ? undefined : types.noteOn(typeIn(urn));
    if (note !== undefined && !first.has(note)) first.set(note, urn);
  }
  return [...first].map(([note, urn]) => `${urn}: ${note}`);
}
