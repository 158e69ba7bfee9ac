import { checkArgument, checkArguments, type MethodForms } from '../do/forms/check-argument.js';
import { optional, value, type Form } from '../do/forms/form.js';
import { amount, choice, memberOf, optionalTexts, withSignal } from '../do/forms/values.js';
import { assumedFacts } from '../do/spec.js';
import { isObject } from '../ground/json.js';
import { acceptedUnknowns, migrationForm } from './validate/migration.js';
import type { Clouds } from '../do/kinds/cloud/clouds.js';
import { stageForm, stageMovingKinds } from './validate/place-of-stage.js';
import { instanceForm } from './validate/validate-instance.js';
import {
  planningOptions,
  rollbackOptions,
  runOptions,
  type MoveCallOptions,
  type MoveContext,
  type MovePlanningOptions,
  type RollbackMoveOptions,
  type RunMoveOptions,
} from './engine/options.js';
import { finishOptions, type FinishMoveOptions } from './finish-move.js';
import { shiftForm, type MovePlan, type MoveRequest } from './plan/move-plan.js';
import type { PlanMoveOptions } from './plan/plan-move.js';

/** What is to move where: the keys say which kind of request it is. */
const requestForm = (clouds: Clouds): Form<MoveRequest> =>
  choice('what is to move where, such as { group, to }', (given) => {
    if (!isObject(given)) return undefined;
    if (Object.hasOwn(given, 'shift')) return shiftForm;

    const gateways = stageMovingKinds(clouds).map((kind) => clouds.gateway(kind).ref);
    const named = gateways.find((key) => Object.hasOwn(given, key));
    if (named !== undefined || Object.hasOwn(given, 'stage')) return stageForm(named ?? gateways[0] ?? 'api');

    return Object.hasOwn(given, 'group') || Object.hasOwn(given, 'api') ? migrationForm : instanceForm;
  });

const movePlan = memberOf<MovePlan>('what plan() returned', ['version', 'move', 'request', 'units']);
const moveId = value<string>('the ID of a move', (given) => given !== '', { type: 'string' });
const ofPlan = { accept: optional(acceptedUnknowns), assume: optional(assumedFacts) };

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
      ...planningOptions,
    }),
  },
  open: { request: requestForm, options: ofCall },
  run: {
    plan: movePlan,
    options: withSignal<RunMoveOptions & MoveCallOptions>({ ...ofPlan, ...runOptions }),
  },
  status: { move: optional(move), options: ofCall },
  finish: { move, options: withSignal<FinishMoveOptions & MoveCallOptions>(finishOptions) },
  rollback: {
    move,
    options: withSignal<RollbackMoveOptions & MoveCallOptions>({ ...ofPlan, ...rollbackOptions }),
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
