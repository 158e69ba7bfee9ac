import { checkArgument } from '../do/forms/check-argument.js';
import { list, optional, strict, value, type Form } from '../do/forms/form.js';
import { ID_RULE } from '../do/forms/text-rules.js';
import {
  amount,
  callback,
  choice,
  keyed,
  optionalFlag,
  optionalText,
  optionalTexts,
  ruled,
  signal,
  text,
} from '../do/forms/values.js';
import { memberOf, snapshotArgument } from '../do/input/argument-forms.js';
import { assumedFacts } from '../do/input/spec-form.js';
import type { AcceptedUnknown, GroupMigration, RouteMigration } from './validate/migration.js';
import type { Clouds } from '../do/kinds/cloud/clouds.js';
import { stageMovingKinds, type StageMigration } from './validate/stage-migration.js';
import type { InstanceMigration } from './validate/validate-instance.js';
import type { Snapshot } from '../do/snapshot/snapshot.js';
import type { Analysis, RunMoveOptions } from './engine/options.js';
import type { FinishMoveOptions } from './finish-move.js';
import type { MovePlan, MoveRequest } from './plan/move-plan.js';
import type { PlanMoveOptions } from './plan/plan-move.js';
import type { RollbackMoveOptions } from './rollback-move.js';

interface Call {
  readonly signal?: AbortSignal | undefined;
}

const id = ruled(ID_RULE);
const common = { provider: optional(text), region: optionalText };

/** What is to move where: the keys say which kind of request it is. */
const requestForm = (clouds: Clouds): Form<MoveRequest> =>
  choice('what is to move where, such as { group, to }', (given) => {
    if (typeof given !== 'object' || given === null || Array.isArray(given)) return undefined;
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

const accepted = list(strict<AcceptedUnknown>()({ check: text, subject: optionalText }));
const ofPlan = { accept: optional(accepted), assume: optional(assumedFacts) };

const FORMS = {
  plan: strict<Omit<PlanMoveOptions, 'clouds'> & Call & { readonly capture?: boolean; readonly snapshot?: Snapshot }>()(
    {
      signal,
      ...ofPlan,
      now: optional(amount),
      manage: optionalTexts,
      capture: optionalFlag,
      snapshot: optional(snapshotArgument),
    },
  ),
  run: strict<RunMoveOptions & Call>()({
    signal,
    ...ofPlan,
    canary: optional(
      choice<number | { readonly percent: number }>('a number of units, or { percent }', (given) =>
        typeof given === 'number' ? amount : keyed<{ percent: number }>({ percent: amount }),
      ),
    ),
    batch: optional(amount),
    pauseMs: optional(amount),
    drainMs: optional(amount),
    analysis: optional(callback<Analysis>()),
    maxErrorRate: optional(amount),
    waitMs: optional(amount),
    autoRollback: optionalFlag,
    probe: optionalFlag,
    probePath: optionalText,
    callGateway: optional(callback()),
    finish: optionalFlag,
  }),
  finish: strict<FinishMoveOptions & Call>()({ signal, wait: optionalFlag }),
  rollback: strict<RollbackMoveOptions & Call>()({ signal, ...ofPlan, drainMs: optional(amount), force: optionalFlag }),
  call: strict<Call>()({ signal }),
} as const;

const planForm = memberOf<MovePlan>('what plan() returned', ['version', 'move', 'request', 'units']);
const moveForm = choice<string | MovePlan>('the ID of a move, or its plan', (given) =>
  typeof given === 'string' ? value<string>('the ID of a move', (one) => one !== '', { type: 'string' }) : planForm,
);

/** Refuses arguments of the methods of `Moves` that do not have their form. @throws {InvalidInputError} `INVALID_INPUT` */
export const checkMove = {
  request: (call: string, given: MoveRequest, clouds: Clouds): void =>
    checkArgument(call, 'request', requestForm(clouds), given),
  plan: (given: MovePlan): void => checkArgument('run', 'plan', planForm, given),
  move: (call: string, given: string | MovePlan): void => checkArgument(call, 'move', moveForm, given),
  options: (call: string, form: keyof typeof FORMS, given: unknown): void =>
    checkArgument(call, 'options', FORMS[form] as Form<unknown>, given),
};
