import { gatewayTraits } from '../../../do/kinds/cloud/gateway-kinds.js';
import { fail, pass, undecided, unknown, type Say } from '../../../do/findings/say.js';
import { aboutThings, thing } from '../../../do/findings/subject.js';
import type { Check, Outcome } from '../../../do/findings/check.js';
import type { Quota } from '../../../do/kinds/quota.js';
import {
  declaredThrottles,
  deployedStage,
  gatewayId,
  hasLimits,
  stagesNamed,
  throttleOf,
} from '../../../do/kinds/gateway/gateway-spec.js';
import type { Gateway, Stage } from '../../../do/model/gateway.js';
import type { Throttle } from '../../../do/model/route.js';
import { throttleText } from '../../../do/world/routes/setting-text.js';
import type { IntegrationView, Missing } from '../../../do/world/views.js';
import { defineCheck } from '../define-check.js';
import { limitFor } from '../quota.js';
import { unreadGateway } from './unread.js';

const CODES = {
  THROTTLE_NOT_READ: unknown('no throttle of {gateway} refuses the calls of its routes'),
  REFUSES_EACH_CALL: fail(
    'the throttle of {where} is {throttle}: the gateway refuses each call with status 429',
    [
      'if isExternal: Ask the owner of {gateway} to set a rate and a burst above 0 for {where}.',
      'Write a rate and a burst above 0 at {place}.throttle, then run `postern apply`.',
    ],
    undefined,
    'Write a rate and a burst above 0 for {where}.',
  ),
  DIFFERS: fail(
    'the throttle of {where} is {throttle}, declared is {declared}',
    'Run `postern apply`: it writes the throttle.',
    'warning',
  ),
  ABOVE_ACCOUNT: fail(
    'the throttle of {where} is {throttle}, and all APIs of the account in {region} together get {limit} calls per second: the gateway refuses calls before the throttle does',
    'Lower the rate of the throttle, or ask for a higher quota ({code}).',
    'warning',
  ),
  QUOTA_NOT_READ: unknown(
    'the account gets the {rate} calls per second that the throttle of {where} lets through',
    'warning',
  ),
  LETS_CALLS_THROUGH: pass('the throttles of {gateway} let calls through: {throttles|none}'),
};

/** A throttle of a stage, or of one of its routes. */
interface Found {
  /** `GET /orders on prod`, `stage prod`. */
  readonly where: string;
  readonly stage: string;
  readonly key?: string | undefined;
  /** Undefined where the stage does not exist. */
  readonly is: Throttle | undefined;
  readonly declared: Throttle | undefined;
  /** Of a stage: each route has its own throttle, so that this one acts on none. */
  readonly isReplaced?: boolean | undefined;
}

export const gatewayThrottle = defineCheck({
  id: 'gateway/throttle',
  severity: 'error',
  title: 'The throttles of a stage let calls through',
  about:
    'A gateway refuses calls above the throttle of a route, or of its stage, with its own status 429, and the backend sees nothing of them. A rate or a burst of 0 refuses each call. A rate above that of the account has no effect: that is a warning, and so is a throttle that differs from the spec.',
  codes: CODES,
  *run(input, say) {
    for (const view of input.integrations) {
      const { name, link, spec, gateway, unresolved } = view;
      const { calls, throttledAt } = gatewayTraits(link.region.clouds, spec.gateway);
      if (calls === undefined || throttledAt !== 'stage') continue;

      const id = gatewayId(spec.gateway);
      const about = aboutThings(name, thing('gateway', id));
      const missing =
        gateway === undefined ? unreadGateway(link.region, spec.gateway, unresolved) : unreadStage(view, gateway);
      if (missing !== undefined) yield say.THROTTLE_NOT_READ(about, { gateway: id }, missing);
      if (gateway === undefined || gateway.stages.some(isUnread)) continue;

      const found = throttlesOf(view, gateway);
      const failed = found.flatMap((one) => judged(say, view, calls, one) ?? []);
      yield* failed;
      if (failed.length > 0) continue;

      const throttles = found.map(({ where, is, declared }) => `${where} ${throttleText(declared ?? is ?? {})}`);
      yield say.LETS_CALLS_THROUGH(about, { gateway: id, throttles });
    }
  },
});

function isUnread({ throttle, throttles }: Stage): boolean {
  return throttle === undefined || throttles === undefined;
}

/** What is missing where a former version read a stage that the spec declares throttles of. */
function unreadStage({ spec }: IntegrationView, { id, stages }: Gateway): Missing | undefined {
  const unread = stages.find(isUnread);
  const declares = spec.stageSettings?.throttle !== undefined || declaredThrottles(spec.settings).length > 0;
  if (unread === undefined || !declares) return undefined;

  return { what: `the throttles of stage ${unread.name} of ${id}`, remedy: 'Take the snapshot again.' };
}

/** The throttles that act on the routes of an integration, declared or not. */
function throttlesOf({ spec }: IntegrationView, gateway: Gateway): readonly Found[] {
  const named = deployedStage(spec.gateway);
  const isOurs = spec.owner !== 'external';
  const own = new Map(isOurs ? declaredThrottles(spec.settings).map(({ key, throttle }) => [key, throttle]) : []);
  const declared = isOurs ? spec.stageSettings?.throttle : undefined;
  const there = stagesNamed(gateway, spec.gateway);
  const stages = there.length > 0 || named === undefined ? there : [{ name: named }];
  return stages.flatMap((stage: Pick<Stage, 'name' | 'throttle' | 'throttles'>) => {
    const ofRoutes = Object.keys(spec.routes).map((key) => ({
      where: `${key} on stage ${stage.name}`,
      stage: stage.name,
      key,
      is: throttleOf(stage, key),
      // A route without a throttle in the spec has that of the stage.
      declared: own.get(key) ?? (throttleOf(stage, key) === undefined ? undefined : declared),
    }));
    const isReplaced = ofRoutes.every((one) => isThrottled(one));
    return [
      { where: `stage ${stage.name}`, stage: stage.name, is: stage.throttle, declared, isReplaced },
      ...ofRoutes,
    ].filter(isThrottled);
  });
}

const NEEDS = {
  BELOW_NEED: fail(
    'the throttles of {keys} on stage {stage} let {rate} calls per second through, and {service} needs {needed}: the gateway refuses the others with status 429',
    'Raise the rates of the throttles of {keys}, or correct the needs.',
  ),
  ABOVE_NEED: fail(
    'the throttles of {keys} on stage {stage} let {rate} calls per second through each, and {service} needs {needed}: they protect nothing',
    'Lower the rates of the throttles, or correct the needs.',
    'note',
  ),
  ACCOUNT_BELOW_NEED: fail(
    'all APIs of the account in {region} together get {limit} calls per second, and {service} needs {needed}: the gateway refuses the others with status 429',
    'Ask for a higher quota ({code}), or correct the needs.',
  ),
  ACCOUNT_NOT_READ: unknown('the account gets the {needed} calls per second that {service} needs'),
  FITS_NEED: pass('the throttles of {service} let the {needed} calls per second through that it needs'),
  NO_SERVICE: undecided(
    'the needs have a service {service}, and the spec has no target of that name',
    'Name services as the integrations of the spec, or `orders-blue` where `orders` has several targets.',
    'note',
  ),
};

/**
 * A check that compares the throttles of routes with the calls per second that services need, by the name of the service: that
 * of the integration, or `orders-blue` of a target where the integration has several.
 */
export function neededRates(rates: ReadonlyMap<string, number>): Check {
  return defineCheck({
    id: 'needs/throttle',
    severity: 'warning',
    title: 'The throttles of routes let through the calls that are needed',
    about:
      'Compares the throttles of routes, and the calls per second that the account gets, with those in a file of needs. A throttle below them refuses calls that are needed, and one above them protects nothing. Gateways that were not read are reported by gateway/throttle.',
    codes: NEEDS,
    *run({ integrations }, say) {
      const found = new Set<string>();
      for (const view of integrations) {
        const targets = Object.keys(view.spec.targets);
        for (const target of targets) {
          const service = targets.length === 1 ? view.name : `${view.name}-${target}`;
          const needed = rates.get(service);
          if (needed === undefined) continue;

          found.add(service);
          const about = aboutThings(view.name, thing('target', target));
          const limits = limitsOf(view, target);
          const account = accountFor(say, view, { about, service, needed });
          if (account !== undefined) yield account;
          const failed = (limits ?? []).flatMap(({ each, ...place }) => {
            const rate = each.reduce((sum, one) => sum + one, 0);
            if (rate < needed) return [say.BELOW_NEED(about, { ...place, service, needed, rate })];

            const least = Math.min(...each);
            return least > needed ? [say.ABOVE_NEED(about, { ...place, service, needed, rate: least })] : [];
          });
          yield* failed;
          if (limits !== undefined && failed.length === 0 && account === undefined)
            yield say.FITS_NEED(about, { service, needed });
        }
      }
      for (const service of rates.keys())
        if (!found.has(service))
          yield say.NO_SERVICE(aboutThings(undefined, thing('service', service)), { service }, undefined);
    },
  });
}

/** What the account gets less than a service needs, or that it was not read; undefined where it gets enough. */
function accountFor(
  say: Say<typeof NEEDS>,
  { link, spec }: IntegrationView,
  {
    about,
    service,
    needed,
  }: { readonly about: ReturnType<typeof aboutThings>; readonly service: string; readonly needed: number },
): Outcome | undefined {
  const { calls: quota } = gatewayTraits(link.region.clouds, spec.gateway);
  if (quota === undefined) return undefined;

  const { limit, missing } = limitFor(link.region, quota, needed);
  if (missing !== undefined) return say.ACCOUNT_NOT_READ(about, { service, needed }, missing);
  if (needed <= limit) return undefined;

  const { region } = link.region.region;
  return say.ACCOUNT_BELOW_NEED(about, { service, needed, region, limit, code: quota.code ?? quota.name });
}

/** The rates of the routes of a target, by stages on which each route has a throttle. Undefined: not read. */
function limitsOf(view: IntegrationView, target: string) {
  const { spec, link, gateway } = view;
  const { throttledAt, newStage } = gatewayTraits(link.region.clouds, spec.gateway);
  if (throttledAt !== 'stage' || gateway === undefined || gateway.stages.some(isUnread)) return undefined;

  const throttles = throttlesOf(view, gateway);
  const keys = Object.keys(spec.routes).filter((key) => spec.routes[key] === target);
  return [...new Set(throttles.map(({ stage }) => stage))].flatMap((stage) => {
    const ofStage = throttles.filter((one) => one.stage === stage);
    const each = keys.flatMap((key) => {
      const { is, declared } =
        ofStage.find((one) => one.key === key) ?? ofStage.find((one) => one.key === undefined) ?? {};
      const { rate, burst } = declared ?? is ?? {};
      // A burst of 0 lets no call through, whatever the rate is.
      if (burst === 0) return [0];

      return rate === undefined || rate === newStage?.throttle?.rate ? [] : [rate];
    });
    return keys.length > 0 && each.length === keys.length ? [{ stage, keys, each }] : [];
  });
}

function isThrottled({ is, declared }: Pick<Found, 'is' | 'declared'>): boolean {
  return declared !== undefined || Object.keys(is ?? {}).length > 0;
}

function judged(say: Say<typeof CODES>, view: IntegrationView, quota: Quota, found: Found): Outcome | undefined {
  const { name, link, spec } = view;
  const { where, key, is = {}, declared } = found;
  const acts = { ...is, ...declared };
  const id = gatewayId(spec.gateway);
  // Plans that change the stage have findings about its gateway.
  const about = aboutThings(name, ...(key === undefined ? [] : [thing('route', key)]), thing('gateway', id));
  const place = `integrations.${name}.${key === undefined ? 'gateway' : `routes.'${key}'`}`;
  const evidence = [
    ...(declared === undefined ? [] : [{ kind: 'spec', id: place, text: `throttle ${throttleText(declared)}` }]),
    { kind: 'gateway', id, text: `throttle of ${where}: ${throttleText(is)}` },
  ];
  const params = { where, throttle: throttleText(acts), gateway: id };
  if ((acts.rate === 0 || acts.burst === 0) && found.isReplaced !== true) {
    const isExternal = spec.owner === 'external';
    return say.REFUSES_EACH_CALL(about, { ...params, place, isExternal }, { evidence });
  }
  if (declared !== undefined && !hasLimits(is, declared)) {
    const sides = { where, throttle: throttleText(is), declared: throttleText(declared) };
    return say.DIFFERS(about, sides, { evidence, mendedBy: 'apply' });
  }

  const { newStage } = gatewayTraits(link.region.clouds, spec.gateway);
  const { rate } = acts;
  // What a stage has that was not changed may be more than an account of a region gets.
  if (rate === undefined || rate === newStage?.throttle?.rate) return undefined;

  const { limit, missing } = limitFor(link.region, quota, rate);
  if (missing !== undefined) return say.QUOTA_NOT_READ(about, { where, rate }, missing, { evidence });
  if (rate <= limit) return undefined;

  const { region } = link.region.region;
  return say.ABOVE_ACCOUNT(about, { ...params, region, limit, code: quota.code ?? quota.name }, { evidence });
}
