import { checkArgument, checkArguments, type MethodForms } from '../do/forms/check-argument.js';
import { list, optional, strict, value, type Form } from '../do/forms/form.js';
import { ID_RULE } from '../do/forms/text-rules.js';
import {
  amount,
  choice,
  keyed,
  optionalFlag,
  optionalText,
  optionalTexts,
  ruled,
  strings,
  text,
  withSignal,
  memberOf,
} from '../do/forms/values.js';
import { snapshotArgument } from '../do/snapshot/snapshot-argument.js';
import { assumedFacts } from '../do/spec.js';
import type { AcceptedUnknown, GroupMigration, RouteMigration } from './validate/migration.js';
import type { Clouds } from '../do/kinds/cloud/clouds.js';
import { stageMovingKinds, type StageMigration } from './validate/place-of-stage.js';
import type { InstanceMigration } from './validate/validate-instance.js';
import {
  runOptions,
  type MoveCallOptions,
  type MoveContext,
  type MovePlanningOptions,
  type RollbackMoveOptions,
  type RunMoveOptions,
} from './engine/options.js';
import type { FinishMoveOptions } from './finish-move.js';
import type { MovePlan, MoveRequest, ShiftRequest } from './plan/move-plan.js';
import type { PlanMoveOptions } from './plan/plan-move.js';

const id = ruled(ID_RULE);
const common = { provider: optional(text), region: optionalText };

const shiftForm: Form<ShiftRequest> = keyed<ShiftRequest>({
  ...common,
  shift: keyed<ShiftRequest['shift']>({
    kind: text,
    id,
    part: optionalText,
    parts: optionalTexts,
    names: optionalTexts,
    variables: optional(strings),
  }),
  name: text,
  to: text,
  steps: list(amount),
  calls: list(keyed<ShiftRequest['calls'][number]>({ method: text, url: text, headers: optional(strings) })),
  uncalled: optional(list(text)),
});

/** What is to move where: the keys say which kind of request it is. */
const requestForm = (clouds: Clouds): Form<MoveRequest> =>
  choice('what is to move where, such as { group, to }', (given) => {
    if (typeof given !== 'object' || given === null || Array.isArray(given)) return undefined;
    if (Object.hasOwn(given, 'shift')) return shiftForm;

    const gateways = stageMovingKinds(clouds).map((kind) => clouds.gateway(kind).ref);
    const named = gateways.find((key) => Object.hasOwn(given, key));
    if (named !== undefined || Object.hasOwn(given, 'stage')) {
      const stage = { stage: text, from: optional(id), to: id, targetBalancer: text };
      const [key = 'api'] = named === undefined ? gateways : [named];
      return strict<StageMigration>()({ ...common, [key]: id, ...stage } as never);
    }
    if (Object.hasOwn(given, 'group')) return keyed<GroupMigration>({ ...common, group: id, to: id });
    if (Object.hasOwn(given, 'api'))
      return keyed<RouteMigration>({ ...common, api: id, route: optionalText, from: id, to: id });

    return keyed<InstanceMigration>({ ...common, from: id, to: id });
  });

const movePlan = memberOf<MovePlan>('what plan() returned', ['version', 'move', 'request', 'units']);
const moveId = value<string>('the ID of a move', (given) => given !== '', { type: 'string' });
const accepted = list(strict<AcceptedUnknown>()({ check: text, subject: optionalText }));
const ofPlan = { accept: optional(accepted), assume: optional(assumedFacts) };

const move = choice<string | MovePlan>('the ID of a move, or its plan', (given) =>
  typeof given === 'string' ? moveId : movePlan,
);

const ofCall = withSignal<MoveCallOptions>({});

/** The arguments of each method of `Moves`, in the order in which they are checked. */
const METHODS = {
  plan: {
    request: requestForm,
    options: withSignal<Omit<PlanMoveOptions, 'clouds'> & MoveCallOptions & MovePlanningOptions>({
      ...ofPlan,
      now: optional(amount),
      manage: optionalTexts,
      capture: optionalFlag,
      snapshot: optional(snapshotArgument),
    }),
  },
  open: { request: requestForm, options: ofCall },
  run: {
    plan: movePlan,
    options: withSignal<RunMoveOptions & MoveCallOptions>({
      ...ofPlan,
      ...runOptions,
    }),
  },
  status: { move: optional(move), options: ofCall },
  finish: { move, options: withSignal<FinishMoveOptions & MoveCallOptions>({ wait: optionalFlag }) },
  rollback: {
    move,
    options: withSignal<RollbackMoveOptions & MoveCallOptions>({
      ...ofPlan,
      drainMs: optional(amount),
      force: optionalFlag,
    }),
  },
  abort: { move, options: ofCall },
  leave: { move, options: ofCall },
} as const satisfies MethodForms<Clouds>;

/** Refuses arguments of a method of `Moves` that do not have their forms. @throws {InvalidInputError} `INVALID_INPUT` with the key */
export function checkMove<Method extends keyof typeof METHODS>(
  method: Method,
  clouds: Clouds,
  given: Readonly<Record<keyof (typeof METHODS)[Method], unknown>>,
): void {
  checkArguments(method, METHODS[method], clouds, given);
}

const contextArgument = memberOf<MoveContext>('{ driver, context, journal }, such as a PrivateIntegrations', [
  'driver',
  'context',
  'journal',
]);

/** Refuses what the moves of a program without types are made of. @throws {InvalidInputError} `INVALID_INPUT` */
export function requireContext(of: unknown): void {
  checkArgument('Moves', 'of', contextArgument, of);
}
