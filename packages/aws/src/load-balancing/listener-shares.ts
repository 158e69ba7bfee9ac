import type { CallContext } from '@postern/core/internal/library';
import {
  CloudError,
  InvalidInputError,
  unlessGone,
  UnsupportedError,
  type MoveMethods,
  type MovePosition,
  type MoveUnit,
  type ShiftCaptured,
} from '@postern/core/internal/adapter';
import { type Session, sent } from '../client/session.js';
import type { ActionOutput } from '../sdk-types.js';
import { moveMethods, changedMeanwhile } from '../move-methods.js';
import { writerOf } from './registrar/ecs-service.js';
import { notReady, notReadyForReturn } from './target-readiness.js';

/** How an action shares calls: the ARN of a target group → its weight. */
type Weights = { readonly [targetGroupArn: string]: number };

/** What was there before a shift. */
type Captured = ShiftCaptured & { readonly weights: Weights };

/** The group was attached without a share: its targets are checked from then on. */
type Prepared = { readonly attached: boolean };

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupTuple.html */
const MOST_WEIGHT = 999;

/**
 * Shifts the calls of an action of a listener, or of a rule of it, from its target groups to another one. The action is the record:
 * each write reads it first, and changes weights alone. So stickiness, guards and changes of others stay.
 *
 * The targets of a group that no listener uses are `unused`, and nothing checks them. So the new group is attached with weight 0
 * first; and the former ones keep weight 0 until the shift is promoted, so that the way back leads to targets that are checked.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export function listenerShares(session: Session): MoveMethods {
  const change = async (
    unit: MoveUnit,
    ctx: CallContext,
    to: (now: Weights) => Weights | undefined,
  ): Promise<boolean> => {
    const actions = await actionsOf(session, unit, ctx);
    const wanted = to(weightsOf(unit, actions));
    if (wanted === undefined) return false;

    await write(session, unit, actions, wanted, ctx);
    return true;
  };
  /** `always`: a record shows that a share was given, so an answer that shows none may be an older one. */
  const at = (
    unit: MoveUnit,
    captured: Captured,
    percent: number,
    { ctx, always = false }: { readonly ctx: CallContext; readonly always?: boolean },
  ): Promise<boolean> =>
    change(unit, ctx, (now) => {
      requireOwn(unit, captured, now);
      const wanted = weightsAt(captured, percent);
      // The new group stays attached until it is released, and the former ones until the shift is promoted.
      const all = { ...Object.fromEntries(Object.keys(now).map((arn) => [arn, 0])), ...wanted };
      return !always && isSame(now, all) ? undefined : all;
    });
  return moveMethods<Captured, Prepared>({
    capture: (unit, ctx) => capture(session, unit, ctx),
    prepare: async (unit, captured, ctx) => {
      const attached = await change(unit, ctx, (now) => {
        requireOwn(unit, captured, now);
        return captured.to.id in now ? undefined : { ...now, [captured.to.id]: 0 };
      });
      return { attached };
    },
    findPrepared: async (unit, captured, ctx) =>
      captured.to.id in weightsOf(unit, await actionsOf(session, unit, ctx)) ? { attached: true } : undefined,
    ready: async (unit, { captured }, ctx) => {
      const now = weightsOf(unit, await actionsOf(session, unit, ctx));
      return notReady(session, { unit, group: captured.to, sending: sendingOf(now), ctx });
    },
    writer: (unit, ctx) => {
      const groups = async () => Object.keys(weightsOf(unit, await actionsOf(session, unit, ctx)));
      return writerOf(session, unit, groups, ctx);
    },
    wayBack: {
      // What something else has detached is not checked: its targets are `unused`.
      prepare: async (unit, { captured }, ctx) => {
        for (const { id, name } of captured.from) await requireGroup(session, id, name, ctx);
        await change(unit, ctx, (now) => {
          requireOwn(unit, captured, now);
          const missing = captured.from.filter(({ id }) => !(id in now));
          return missing.length === 0 ? undefined : { ...now, ...Object.fromEntries(missing.map(({ id }) => [id, 0])) };
        });
      },
      ready: async (unit, { captured }, ctx) => {
        const now = weightsOf(unit, await actionsOf(session, unit, ctx));
        const groups = captured.from.filter(({ id }) => (captured.weights[id] ?? 0) > 0);
        return notReadyForReturn(session, { unit, groups, sending: sendingOf(now), ctx });
      },
    },
    shift: async (unit, { captured }, percent, ctx) => void (await at(unit, captured, percent, { ctx })),
    where: async (unit, { captured }, ctx) =>
      positionOf(unit, captured, weightsOf(unit, await actionsOf(session, unit, ctx))),
    settle: () => Promise.resolve([]),
    verify: async (unit, { captured }, ctx) => {
      const { at: place } = positionOf(unit, captured, weightsOf(unit, await actionsOf(session, unit, ctx)));
      const asked = { unit, group: captured.to, sending: [], ctx };
      const why = place === 'new' ? await notReady(session, asked) : undefined;
      return why === undefined ? [] : [why];
    },
    back: async (unit, { captured }, ctx) => void (await at(unit, captured, captured.percent, { ctx, always: true })),
    release: async (unit, { captured }, which, ctx) => {
      const former = new Set(captured.from.map(({ id }) => id));
      const goes = (arn: string): boolean =>
        which === 'old' ? former.has(arn) : arn === captured.to.id && !(arn in captured.weights);
      const gone: string[] = [];
      await change(unit, ctx, (now) => {
        requireOwn(unit, captured, now);
        const kept = Object.entries(now).filter(([arn, weight]) => weight > 0 || !goes(arn));
        gone.push(...Object.keys(now).filter((arn) => !kept.some(([other]) => other === arn)));
        return gone.length === 0 ? undefined : Object.fromEntries(kept);
      });
      return gone.map((arn) => `target group ${nameOf(arn)} of ${unit.shift?.part ?? unit.gateway.id}`);
    },
  });
}

/**
 * @throws {CloudError} `NOT_FOUND` for a listener, rule or target group that does not exist. {UnsupportedError} for an action that
 *   does not forward calls
 */
async function capture(session: Session, unit: MoveUnit, ctx: CallContext): Promise<Captured> {
  const actions = await actionsOf(session, unit, ctx);
  const weights = weightsOf(unit, actions);
  const named = unit.shift?.to ?? unit.to.id;
  const by = named.startsWith('arn:') ? { TargetGroupArns: [named] } : { Names: [named] };
  const found = await unlessGone(session.call(ctx, 'elasticloadbalancing', 'DescribeTargetGroups', by));
  const group = found?.TargetGroups?.[0];
  if (group === undefined) {
    throw new CloudError('NOT_FOUND', `target group ${named} does not exist in ${session.region}`, {
      operation: 'DescribeTargetGroups',
      remedy: 'Check the name, the region and the account.',
    });
  }

  const id = sent(group.TargetGroupArn, 'TargetGroupArn', 'DescribeTargetGroups');
  const from = Object.keys(weights).filter((arn) => arn !== id && (weights[arn] ?? 0) > 0);
  const sum = Object.values(weights).reduce((total, weight) => total + weight, 0);
  if (sum === 0) {
    throw new InvalidInputError(
      'INVALID_INPUT',
      `every target group of ${unit.id} has weight 0, so no call is served`,
      { remedy: 'Give a group a weight first.' },
    );
  }

  return {
    kind: 'target-group',
    from: from.map((arn) => ({ id: arn, name: nameOf(arn) })),
    to: { id, name: group.TargetGroupName ?? nameOf(id) },
    percent: (100 * (weights[id] ?? 0)) / sum,
    notes: notesOf(actions),
    weights,
  };
}

/** @throws {PosternError} `WORLD_MOVED` for a group that does not exist any more */
async function requireGroup(session: Session, arn: string, name: string, ctx: CallContext): Promise<void> {
  const asked = { TargetGroupArns: [arn] };
  const found = await unlessGone(session.call(ctx, 'elasticloadbalancing', 'DescribeTargetGroups', asked));
  if (found?.TargetGroups?.length === 0 || found === undefined)
    throw changedMeanwhile(`target group ${name} does not exist any more`);
}

/** The groups that get calls. */
function sendingOf(weights: Weights): readonly string[] {
  return Object.keys(weights).filter((arn) => (weights[arn] ?? 0) > 0);
}

/** Callers with the cookie of a group keep using it, whatever its weight is. */
function notesOf(actions: readonly ActionOutput[]): readonly string[] {
  const { Enabled: on, DurationSeconds: seconds = 0 } =
    forwardOf(actions)?.ForwardConfig?.TargetGroupStickinessConfig ?? {};
  if (on !== true) return [];

  return [`Callers that keep cookies stay with their target group for up to ${seconds} s: the action is sticky.`];
}

async function actionsOf(session: Session, unit: MoveUnit, ctx: CallContext): Promise<readonly ActionOutput[]> {
  const part = unit.shift?.part;
  if (part === undefined) {
    const input = { ListenerArns: [unit.gateway.id] };
    const { Listeners: [listener] = [] } = await session.call(ctx, 'elasticloadbalancing', 'DescribeListeners', input);
    return sent(listener?.DefaultActions, 'DefaultActions', 'DescribeListeners');
  }

  const { Rules: [rule] = [] } = await session.call(ctx, 'elasticloadbalancing', 'DescribeRules', { RuleArns: [part] });
  return sent(rule?.Actions, 'Actions', 'DescribeRules');
}

function forwardOf(actions: readonly ActionOutput[]): ActionOutput | undefined {
  return actions.find(({ Type }) => Type === 'forward');
}

/** A group without a weight gets an equal share. @throws {UnsupportedError} */
function weightsOf(unit: MoveUnit, actions: readonly ActionOutput[]): Weights {
  const { ForwardConfig, TargetGroupArn } = forwardOf(actions) ?? {};
  const tuples = ForwardConfig?.TargetGroups ?? (TargetGroupArn === undefined ? [] : [{ TargetGroupArn }]);
  if (tuples.length === 0) {
    const does = actions.at(-1)?.Type ?? 'no action';
    throw new UnsupportedError(`${unit.id} forwards no call to a target group: its action is ${does}`, {
      remedy: 'Name a listener or a rule that forwards calls, with --rule.',
    });
  }

  return Object.fromEntries(tuples.map(({ TargetGroupArn: arn = '', Weight = 1 }) => [arn, Weight]));
}

/** Writes weights, and nothing else of the actions. No answer has the secret of a login, so the write keeps it. */
async function write(
  session: Session,
  unit: MoveUnit,
  actions: readonly ActionOutput[],
  weights: Weights,
  ctx: CallContext,
): Promise<void> {
  const written = actions.map((action): ActionOutput => {
    if (action.AuthenticateOidcConfig !== undefined) {
      const config = { ...action.AuthenticateOidcConfig, UseExistingClientSecret: true };
      return { ...action, AuthenticateOidcConfig: config };
    }
    if (action.Type !== 'forward') return action;

    const { TargetGroupArn: _single, ...rest } = action;
    const TargetGroups = Object.entries(weights).map(([TargetGroupArn, Weight]) => ({ TargetGroupArn, Weight }));
    return { ...rest, ForwardConfig: { ...action.ForwardConfig, TargetGroups } };
  });
  const part = unit.shift?.part;
  if (part !== undefined) {
    await session.call(ctx, 'elasticloadbalancing', 'ModifyRule', { RuleArn: part, Actions: written });
  } else {
    const input = { ListenerArn: unit.gateway.id, DefaultActions: written };
    await session.call(ctx, 'elasticloadbalancing', 'ModifyListener', input);
  }
}

/** The weights where the new group has a share in percent, and the others share the rest as before. */
function weightsAt({ weights, percent: before, to }: Captured, percent: number): Weights {
  if (percent === before) return weights;

  const others = Object.entries(weights).filter(([arn]) => arn !== to.id);
  const sum = others.reduce((total, [, weight]) => total + weight, 0);
  const raw = [
    ...others.map(([arn, weight]) => [arn, weight * (100 - percent)] as const),
    [to.id, sum * percent] as const,
  ];
  const whole = raw.reduce((divisor, [, weight]) => greatestDivisor(divisor, weight), 0) || 1;
  const most = Math.max(...raw.map(([, weight]) => weight)) / whole;
  const all = raw.reduce((total, [, weight]) => total + weight, 0) / whole;
  // Where weights can be percents they are: people compare them with the steps.
  const scale = most > MOST_WEIGHT ? MOST_WEIGHT / most : 100 % all === 0 ? 100 / all : 1;
  const scaled = (weight: number): number => (weight === 0 ? 0 : Math.max(1, Math.round((weight / whole) * scale)));
  return Object.fromEntries(raw.map(([arn, weight]) => [arn, scaled(weight)]));
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}

/** The shares, without groups that get no call: weights that differ by a factor share alike. */
function sharesOf(weights: Weights): string {
  const given = Object.entries(weights).filter(([, weight]) => weight > 0);
  const divisor = given.reduce((common, [, weight]) => greatestDivisor(common, weight), 0);
  return given
    .map(([arn, weight]) => `${arn} ${weight / divisor}`)
    .toSorted()
    .join('\n');
}

function isSame(a: Weights, b: Weights): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((arn) => a[arn] === b[arn]);
}

/** Only shares that this shift gives are its own; the others are what something else has set. */
function positionOf(unit: MoveUnit, captured: Captured, now: Weights): MovePosition {
  const shares = sharesOf(now);
  if (shares === sharesOf(captured.weights)) return { at: 'old' };

  const step = unit.shift?.steps.find((percent) => sharesOf(weightsAt(captured, percent)) === shares);
  if (step !== undefined) return step === 100 ? { at: 'new' } : { at: 'canary', percent: step };

  const found = Object.entries(now).map(([arn, weight]) => `${nameOf(arn)} ${weight}`);
  return { at: 'elsewhere', found: `its weights are ${found.join(', ')}` };
}

/** @throws {PosternError} `WORLD_MOVED` */
function requireOwn(unit: MoveUnit, captured: Captured, now: Weights): void {
  const { at, found } = positionOf(unit, captured, now);
  if (at === 'elsewhere') throw changedMeanwhile(`${unit.id}: ${found ?? ''}`);
}

/** `orders-blue` of `arn:…:targetgroup/orders-blue/73e2d6bc24d8a067`. */
function nameOf(arn: string): string {
  return /:targetgroup\/([^/]+)\//.exec(arn)?.[1] ?? arn;
}
