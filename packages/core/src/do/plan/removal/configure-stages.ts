import type { Clouds } from '../../kinds/cloud/clouds.js';
import { declaredThrottles, deployedStage, hasLimits, throttleOf } from '../../kinds/gateway/gateway-spec.js';
import type { CacheSettings, Gateway, Stage, StageChange, StageSettings } from '../../model/gateway.js';
import { gatewayRef } from '../../model/reference.js';
import type { Throttle } from '../../model/route.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import type { IntegrationSpec } from '../../spec.js';
import { throttleText } from '../../world/routes/setting-text.js';
import type { Step } from '../plan.js';
import type { PlanPart, UnitPart } from '../plan-part.js';
import { gatewayUnitRef } from '../references.js';
import { step } from '../step-input.js';

/** What `configureStages` needs besides the gateway. */
interface Configuration {
  /** The managed integrations of the gateway. */
  readonly integrations: readonly IntegrationSpec[];
  /** The keys of the routes that the plan deletes. */
  readonly gone: readonly string[];
  readonly after: readonly string[];
  /** The plan deletes all that the spec has, with these stages. */
  readonly ends?: { readonly deleted: ReadonlySet<string> } | undefined;
}

/** One setting that a step changes. */
interface Difference {
  readonly field: string;
  readonly from: string;
  readonly to: string;
  readonly change: StageChange;
}

/**
 * The settings of stages that differ from the spec: a step for each stage, after its deployment. What deleted routes had on a stage
 * is removed with them. When a spec ends, what it declared is removed where nothing else has changed it: stages have no marks for
 * their settings.
 */
export function configureStages(
  clouds: Clouds,
  region: RegionSnapshot,
  gateway: Gateway,
  { integrations, gone, after, ends }: Configuration,
): Partial<PlanPart> {
  const unit = gatewayUnitRef(region, gateway);
  const steps = stagesOf(gateway, integrations).flatMap((stage): readonly Step[] => {
    if (ends?.deleted.has(stage.name) === true) return [];
    const here = integrations.filter(({ gateway: one }) => (deployedStage(one) ?? stage.name) === stage.name);
    const found = ends === undefined ? declaredDifferences(clouds, gateway, stage, here) : endedSettings(stage, here);
    const differences = [...found, ...goneThrottles(stage, gone)];
    if (differences.length === 0) return [];
    const changes = differences.map(({ field, from, to }) => ({ field, from, to }));
    const input = { gatewayRef: gatewayRef(gateway), stage: stage.name, change: joined(differences) };
    const resource = { type: 'stage', name: `${gateway.id} ${stage.name}` } as const;
    const reason =
      found.length === 0
        ? 'routes that are deleted have settings on it'
        : ends
          ? ENDED
          : 'its settings differ from the spec';
    const id = `configure stage ${stage.name} of ${gateway.id}`;
    return [step({ id, kind: 'configure', resource, reason, changes }, input)];
  });
  return { units: [{ unit, region, steps, dependsOn: after }] };
}

const ENDED = 'it has settings that the spec declares';

/** The names of the stages that steps delete. */
export function deletedStages(units: readonly UnitPart[]): ReadonlySet<string> {
  const steps = units
    .flatMap((unit) => unit.steps)
    .filter(({ kind, resource }) => kind === 'delete' && resource.type === 'stage');
  return new Set(steps.map(({ resource }) => resource.name.split(' ')[1] ?? ''));
}

/** The stages of a gateway, and those that the deployment of an integration creates. */
function stagesOf({ stages }: Gateway, integrations: readonly IntegrationSpec[]): readonly Stage[] {
  const named = new Set(integrations.flatMap(({ gateway }) => deployedStage(gateway) ?? []));
  const missing = [...named].filter((name) => !stages.some((stage) => stage.name === name));
  return [...stages, ...missing.map((name): Stage => ({ name, autoDeploy: false }))];
}

/** What differs from the spec on a stage. */
function declaredDifferences(
  clouds: Clouds,
  { kind }: Gateway,
  stage: Stage,
  integrations: readonly IntegrationSpec[],
): readonly Difference[] {
  const ofRoutes =
    clouds.gateway(kind).throttledAt === 'stage'
      ? integrations.flatMap(({ settings }) => declaredThrottles(settings))
      : [];
  return [
    ...ofStage(stage, integrations).filter(({ isSame }) => !isSame),
    ...ofRoutes.flatMap(({ key, throttle }) => {
      const is = throttleOf(stage, key);
      return hasLimits(is, throttle) ? [] : [ofRoute(key, is, throttle)];
    }),
  ];
}

/** What a spec that ends takes away from a stage. The throttles of its routes are removed with them. */
function endedSettings(stage: Stage, integrations: readonly IntegrationSpec[]): readonly Difference[] {
  return ofStage(stage, integrations)
    .filter(({ isSame }) => isSame)
    .map(({ field, from, removal }) => ({ field, from, to: 'none', change: removal }));
}

/** The settings of a whole stage that are declared, beside what it has. */
function ofStage(stage: Stage, integrations: readonly IntegrationSpec[]) {
  const declared: StageSettings = Object.assign({}, ...integrations.map(({ stageSettings }) => stageSettings));
  const { throttle, clientCertificate, cache } = declared;
  const { id } = stage.clientCertificate ?? {};
  return [
    ...(throttle === undefined
      ? []
      : [
          {
            ...sides('throttle', stage.throttle, throttle),
            isSame: hasLimits(stage.throttle, throttle),
            change: { throttle },
            removal: { throttle: null },
          },
        ]),
    ...(clientCertificate === undefined
      ? []
      : [
          {
            field: 'clientCertificate',
            from: id ?? 'none',
            to: clientCertificate,
            isSame: id === clientCertificate,
            change: { clientCertificate },
            removal: { clientCertificate: null },
          },
        ]),
    ...(cache === undefined
      ? []
      : [
          {
            field: 'cache',
            from: cacheText(stage.cache),
            to: cacheText(cache),
            isSame: (['size', 'ttlSeconds', 'encrypted'] as const).every(
              (member) => cache[member] === undefined || cache[member] === stage.cache?.[member],
            ),
            change: { cache },
            removal: { cache: null },
          },
        ]),
  ];
}

/** `0.5 GB, kept for 300 s, encrypted`; `none`. */
function cacheText({ size, ttlSeconds, encrypted }: CacheSettings = {}): string {
  if (size === undefined) return 'none';
  const kept = ttlSeconds === undefined ? 'nothing is kept' : `kept for ${ttlSeconds} s`;
  return `${size} GB, ${kept}${encrypted === undefined ? '' : encrypted ? ', encrypted' : ', not encrypted'}`;
}

function goneThrottles(stage: Stage, gone: readonly string[]): readonly Difference[] {
  return gone.flatMap((key) => {
    const throttle = throttleOf(stage, key);
    return throttle === undefined ? [] : [ofRoute(key, throttle, null)];
  });
}

function ofRoute(key: string, is: Throttle | undefined, throttle: Throttle | null): Difference {
  return { ...sides(`throttle of ${key}`, is, throttle ?? {}), change: { routes: [{ key, throttle }] } };
}

function sides(field: string, from: Throttle = {}, to: Throttle): Pick<Difference, 'field' | 'from' | 'to'> {
  return { field, from: throttleText(from), to: throttleText(to) };
}

function joined(differences: readonly Difference[]): StageChange {
  const routes = differences.flatMap(({ change }) => change.routes ?? []);
  return {
    ...Object.assign({}, ...differences.map(({ change }) => change)),
    ...(routes.length === 0 ? {} : { routes }),
  };
}
