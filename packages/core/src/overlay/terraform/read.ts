import { isObject } from '../../ground/json.js';
import { fewText } from '../../ground/text/quantities.js';
import { InvalidInputError } from '../../ground/errors.js';
import { refuseOthers } from '../declared/mistaken.js';
import type { ToolAction } from '../declared/tool-plan.js';
import { isMarked, parsePlan, type Marks, type Value, refuseLongPlan } from '../declared/values.js';
import type {
  ConfigModule,
  ProviderConfig,
  ResourceChange,
  StateModule,
  StateResource,
  TerraformDocument,
} from './document.js';
import type { Sources } from './sources/syntax.js';
import { isRead, misformed } from './file-form.js';
import { unwrapped } from './unwrap.js';

/** What is read of the top level of a file. Keys that are not known are ignored, as the format's documentation asks, and named once. */
interface File {
  readonly format_version?: unknown;
  readonly timestamp?: unknown;
  readonly errored?: unknown;
  readonly complete?: unknown;
  readonly variables?: Readonly<Record<string, { readonly value?: Value }>>;
  readonly resource_changes?: readonly ResourceChange[];
  readonly deferred_changes?: readonly unknown[];
  readonly deferred_action_invocations?: readonly unknown[];
  readonly action_invocations?: readonly ActionInvocation[];
  readonly planned_values?: unknown;
  readonly prior_state?: { readonly values?: { readonly root_module?: StateModule } };
  readonly values?: { readonly root_module?: StateModule };
  readonly configuration?: {
    readonly provider_config?: Readonly<Record<string, ProviderConfig>>;
    readonly root_module?: ConfigModule;
  };
  readonly lineage?: unknown;
  readonly serial?: unknown;
}

/** @see https://github.com/hashicorp/terraform/blob/main/internal/command/jsonplan/action_invocations.go */
interface ActionInvocation {
  readonly address: string;
  readonly type: string;
  readonly config_values?: Value;
  readonly config_unknown?: Marks;
  readonly lifecycle_action_trigger?: {
    readonly triggering_resource_address?: string;
    readonly action_trigger_event?: string;
  };
}

/** The other members of the forms of a plan and of a state: they have nothing that is judged, or have it once more. */
const REPEATED = new Set(
  'terraform_version output_changes resource_drift relevant_attributes checks applyable proposed_unknown'.split(' '),
);

const SHOW = 'Write it with `terraform plan -out=plan.bin && terraform show -json plan.bin > plan.json`.';

/**
 * Reads the output of `terraform show -json`. Only the version of the format decides, never that of the tool: minor
 * versions add keys, and a new major version is refused. `sources`: those of the configuration, which have what the output does not
 * describe, such as local values and dynamic blocks.
 * @throws {InvalidInputError} `INVALID_INPUT` for anything else, with what it is and how to get the right file;
 *   `INPUT_TOO_LARGE`; `UNSUPPORTED_VERSION`.
 */
export function readTerraform(text: string, file?: string, sources?: Sources): TerraformDocument {
  refuseLongPlan(text, file);
  const value = parsePlan(unwrapped(text, file), file);
  const given = (isObject(value) ? value : {}) as File;
  const isPlan = given.resource_changes !== undefined || given.planned_values !== undefined;
  if (!isPlan && given.lineage !== undefined && given.serial !== undefined)
    throw refused(
      'it is a state file, not the output of `terraform show -json`',
      file,
      'Write the state with `terraform show -json > state.json`.',
    );

  refuseOthers(given, 'terraform', file);
  if (given.format_version === undefined)
    throw refused('it is not the output of `terraform show -json`: `format_version` is missing', file, SHOW);

  checkVersion(given.format_version, file);
  if (!isPlan && given.values === undefined && given.configuration !== undefined)
    throw refused('it has neither a plan nor a state', file, SHOW);

  const wrong = misformed(given);
  if (wrong !== undefined) throw refused(wrong, file, SHOW);

  const { root_module: configuration = {} } = given.configuration ?? {};
  return {
    kind: isPlan ? 'plan' : 'state',
    timestamp: typeof given.timestamp === 'string' ? given.timestamp : undefined,
    partial: partialOf(given),
    notes: newerMembers(given),
    actions: (given.action_invocations ?? []).map(toAction),
    variables: Object.fromEntries(
      Object.entries(given.variables ?? {}).flatMap(([name, { value }]) =>
        value === undefined ? [] : [[name, value]],
      ),
    ),
    changes: given.resource_changes ?? [],
    state: [...resourcesIn((isPlan ? given.prior_state?.values : given.values)?.root_module)],
    configuration,
    providers: given.configuration?.provider_config ?? {},
    sources,
  };
}

function checkVersion(version: unknown, file: string | undefined): void {
  const [, major] = /^(\d+)\.\d+$/.exec(String(version)) ?? [];
  if (major === '0' || major === '1') return;

  throw new InvalidInputError(
    'UNSUPPORTED_VERSION',
    `format_version is ${JSON.stringify(version)}; 0.1 to 1.x can be read`,
    {
      place: { file, path: 'format_version' },
      remedy: 'Use a version of Postern that reads it.',
    },
  );
}

/** Why the plan does not have all that an apply will change. OpenTofu says nothing about `-target`. */
function partialOf({ errored, complete, deferred_changes: deferred = [], ...file }: File): readonly string[] {
  const { deferred_action_invocations: actions = [] } = file;
  return [
    ...(errored === true ? ['the plan ended with an error'] : []),
    ...(deferred.length > 0 ? [`the plan defers ${deferred.length} changes`] : []),
    ...(actions.length > 0 ? [`the plan defers ${actions.length} actions`] : []),
    ...(complete === false && errored !== true && deferred.length === 0
      ? ['the plan is not complete: it was made with -target, or defers changes']
      : []),
  ];
}

function newerMembers(file: object): readonly string[] {
  const others = Object.keys(file).filter((name) => !isRead(name) && !REPEATED.has(name));
  return others.length === 0 ? [] : [`the file has members that this version does not read: ${fewText(others)}`];
}

function toAction({ address, type, config_values: values, ...one }: ActionInvocation): ToolAction {
  const { triggering_resource_address: of, action_trigger_event: event = '' } = one.lifecycle_action_trigger ?? {};
  const [, moment, what] = /^(Before|After)([A-Z]\w*)$/.exec(event) ?? [];
  const verb = what
    ?.toLowerCase()
    .replace(/^destroy$/, 'deletion')
    .replace(/^create$/, 'creation');
  return {
    address,
    type,
    ...(of === undefined || verb === undefined ? {} : { when: `${moment?.toLowerCase()} the ${verb} of ${of}` }),
    ...(isMarked(one.config_unknown) ? {} : { names: textsIn(values) }),
  };
}

function textsIn(value: Value | undefined): readonly string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(textsIn);

  return typeof value === 'string' ? [value] : [];
}

function* resourcesIn(module: StateModule | undefined): Generator<StateResource> {
  yield* module?.resources ?? [];
  for (const child of module?.child_modules ?? []) yield* resourcesIn(child);
}

function refused(what: string, file: string | undefined, remedy: string): InvalidInputError {
  return new InvalidInputError('INVALID_INPUT', `${file ?? 'the plan'}: ${what}`, { place: { file }, remedy });
}
