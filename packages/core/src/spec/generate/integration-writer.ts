import { linkTraits } from '../../do/kinds/cloud/link-kinds.js';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import type { GatewayKindTraits } from '../../do/kinds/gateway/gateway-traits.js';
import { isPrivate } from '../../do/kinds/id-kinds.js';
import { indexRegion } from '../../do/world/index/region-index.js';
import type { RegionIndex } from '../../do/world/views.js';
import { isOurs } from '../../do/world/resolve/link-identity.js';
import { isVariable } from '../../do/world/uses/stage-variables.js';
import { shownBackend } from '../../do/world/uses/moved-backends.js';
import { isTemporaryRoute } from '../../do/kinds/gateway/gateway-spec.js';
import type { Gateway } from '../../do/model/gateway.js';
import { mayChange } from '../../do/model/marks.js';
import type { Claimant } from '../../do/model/ownership.js';
import type { Route, RouteSettings } from '../../do/model/route.js';
import type { Target } from '../../do/model/target.js';
import type { RegionSnapshot } from '../../do/snapshot/snapshot.js';
import {
  declaredSettings,
  type WrittenIntegration,
  type WrittenRoute,
  type WrittenTarget,
} from './declared-settings.js';
import { callableOn, gatewayInput, ownStages, stageDifferences } from './gateway-input.js';
import type { SecretVariables } from './secret-variables.js';
import { expressible, settingKeys, writtenRoute, writtenStages } from './route-settings.js';
import { isAdoptable, isKey, notAdopted, onlyStage } from './adoptable.js';
import { TargetWriter } from './target-writer.js';
import type { Names } from './link-input.js';

export interface IntegrationSink extends Claimant {
  /** The IDs of the links to write; undefined: all. What uses another link is not written, and not named. */
  readonly only?: readonly string[] | undefined;
  /** Whether unmanaged routes are declared with `adopt: true`. */
  readonly adopt: boolean;
  /** Whether what a plan refuses is written, too: a judgement is to say why. */
  readonly judged: boolean;
  readonly integrations: Map<string, WrittenIntegration>;
  readonly integrationNames: Names;
  /** What could not be written, and what a reader must know besides; as text. */
  readonly left: string[];
  readonly notes: string[];
  readonly secrets: SecretVariables;
}

/** Routes of one integration: with the same owner, link and stages. */
interface Group {
  readonly link: string;
  readonly owner: string | undefined;
  /** Whether the spec is to adopt them. */
  readonly adopts: boolean;
  readonly routes: Route[];
}

/** Writes the integrations of a region's gateways. `linkOf` gives the name of a link in the spec by its ID. */
export class IntegrationWriter {
  readonly #index: RegionIndex;

  constructor(
    readonly to: IntegrationSink,
    readonly region: RegionSnapshot,
    readonly clouds: Clouds,
    readonly linkOf: (gateway: Gateway, id: string | undefined) => string | undefined,
  ) {
    this.#index = indexRegion(region, clouds);
  }

  /** Every route of a gateway that uses a link of the spec. */
  gateway(gateway: Gateway): void {
    const { integrations, integrationNames, notes } = this.to;
    const before = integrations.size;
    const groups = this.#groups(gateway);
    const own = groups.flatMap(({ owner, routes }) => (owner === undefined ? [] : routes));
    const stage = this.#stage(gateway, own);
    const settings = this.#settings(gateway, own);
    for (const group of groups) this.#integration(gateway, group, stage, settings);
    if (groups.length > 0) notes.push(...stageDifferences(gateway));
    // A gateway that belongs to a link is reported although none of its routes has a target in the network
    // yet.
    const link = this.linkOf(gateway, gateway.linkId);
    const ref = gatewayInput(gateway, this.clouds.gateway(gateway.kind), [], false);
    if (link === undefined || integrations.size > before) return;

    const name = integrationNames.free(gateway.name, gateway.id);
    integrations.set(name, { link, gateway: ref, owner: 'external', targets: {}, routes: {} });
  }

  /** Managed routes come first: the names of their integrations are in their marks. */
  #groups(gateway: Gateway): readonly Group[] {
    const groups = new Map<string, Group>();
    for (const draft of gateway.routes) {
      if (isTemporaryRoute(draft)) continue;

      const route = this.#published(gateway, draft);
      if (route === undefined) continue;

      const link = this.linkOf(gateway, route.linkId);
      if (link === undefined) {
        this.#unresolved(gateway, route);
        continue;
      }

      const owner = mayChange(route.owner, this.to) ? route.owner?.integration : undefined;
      if (owner === undefined && this.clouds.gateway(gateway.kind).movesAsOne && callableOn(route)?.length === 0) {
        this.to.left.push(`route ${route.key} of ${gateway.id}: it is published on no stage`);
        continue;
      }

      // All routes of an integration are published on the same stages. A managed integration keeps the name
      // in its mark.
      const stages = owner === undefined ? [...new Set(callableOn(route))].toSorted() : [];
      const adopts = this.to.adopt && route === draft && isAdoptable(this.#index, gateway, route);
      const key = JSON.stringify([owner, link, stages, adopts]);
      const group = groups.get(key) ?? { link, owner, adopts, routes: [] };
      group.routes.push(route);
      groups.set(key, group);
    }
    return [...groups.values()].toSorted((a, b) => Number(b.owner !== undefined) - Number(a.owner !== undefined));
  }

  /**
   * A route of an API group as its stages show it: callers do not reach the draft. Undefined where a spec cannot express it, which is
   * written down. A managed route is published again by the next run.
   */
  #published(gateway: Gateway, route: Route): Route | undefined {
    const stages = callableOn(route) ?? [];
    if (!this.clouds.gateway(gateway.kind).movesAsOne || mayChange(route.owner, this.to) || stages.length === 0)
      return route;

    const where = `route ${route.key} of ${gateway.id}`;
    const shown = stages.map((stage) => ({ stage, backend: shownBackend(gateway, route, stage) }));
    const [backend, ...others] = new Set(shown.map((one) => one.backend));
    if (others.length > 0) {
      const text = shown.map((one) => `${one.backend ?? 'not read'} on ${one.stage}`).join(', ');
      this.to.left.push(`${where}: its stages have different backends, ${text}`);
      return undefined;
    }
    if (backend === route.targetId) return route;

    const isTarget = this.region.targets.some(({ id }) => id === backend);
    // Mocks and public addresses call nothing in a network.
    if (!isTarget && isOutside(backend)) return undefined;
    if (!isTarget || gateway.linkId === undefined) {
      this.to.left.push(
        `${where}: its backend on ${stages.join(', ')} is ${backend ?? 'not known'}, which a spec cannot express`,
      );
      return undefined;
    }

    this.to.notes.push(
      `${where}: its stages show ${backend}, which is written; its draft has ${shownBackend(gateway, route, undefined) ?? 'another backend'}`,
    );
    const { tls: _draft, ...published } = route;
    return { ...published, linkId: gateway.linkId, targetId: backend };
  }

  /** A route without a link of the spec: named where it calls a network, or where the project manages it. */
  #unresolved(gateway: Gateway, route: Route): void {
    const isManaged = mayChange(route.owner, this.to);
    const why = this.#whyUnresolved(gateway, route) ?? (isManaged ? 'it uses no link; no plan changes it' : undefined);
    if (why === undefined) return;

    const link = this.region.links.find(({ id }) => id === route.linkId);
    const isKept = route.linkId === undefined || (link !== undefined && !isOurs(link, this.to.project));
    this.to.left.push(leftRoute(gateway, route, why, isManaged && !isKept));
  }

  /** A spec names links, and no variables of stages: what one names may differ from stage to stage. */
  #whyUnresolved(gateway: Gateway, route: Route): string | undefined {
    const { linkId, variables = [] } = route;
    const { only } = this.to;
    if (linkId !== undefined)
      return only?.includes(linkId) === false ? undefined : `its link ${linkId} is not in this file`;
    if (variables.length > 0) return `its link or target is named by ${variablesText(variables)}`;
    if (!this.clouds.gateway(gateway.kind).movesAsOne || this.linkOf(gateway, gateway.linkId) === undefined)
      return undefined;

    const backend = shownBackend(gateway, route, undefined);
    return backend === undefined || isOutside(backend)
      ? undefined
      : `its backend is ${backend}, which a spec cannot express`;
  }

  /** The stage that managed routes are deployed to, where their kind names one. */
  #stage(gateway: Gateway, own: readonly Route[]): string | undefined {
    if (this.clouds.gateway(gateway.kind).stageIsNamed !== true || own.length === 0) return undefined;

    const [stage, ...others] = ownStages(gateway, this.to).map(({ name }) => name);
    if (stage === undefined) {
      this.to.left.push(
        `the stage of ${gateway.id}: no stage carries a deployment of this project; \`owner: external\` keeps its routes until you write \`stage\``,
      );
    } else if (others.length > 0) {
      this.to.notes.push(
        `${gateway.id} is also deployed to ${others.join(', ')}: a spec names one stage, and the others of this project are deployed with it`,
      );
    }
    return stage;
  }

  /** The settings of each managed route that a spec declares. */
  #settings(gateway: Gateway, own: readonly Route[]): ReadonlyMap<Route, RouteSettings> {
    const traits = this.clouds.gateway(gateway.kind);
    const found = new Map(
      own.map((route) => {
        const { settings, lost } = expressible(traits, route);
        if (lost.length > 0)
          this.to.left.push(`${lost.join(', ')} of route ${route.key} of ${gateway.id}: a spec cannot express it`);
        return [route, settings] as const;
      }),
    );
    const marks = gateway.stages.filter(({ autoDeploy }) => !autoDeploy).flatMap(({ deployed }) => deployed ?? []);
    for (const mark of marks) {
      const declared = declaredSettings(found, mark, this.to);
      if (declared !== undefined) return declared;
    }
    return found;
  }

  #integration(
    gateway: Gateway,
    { link, owner, adopts: isWanted, routes }: Group,
    stage: string | undefined,
    settings: ReadonlyMap<Route, RouteSettings>,
  ): void {
    const { integrations, integrationNames, left, notes } = this.to;
    const traits = this.clouds.gateway(gateway.kind);
    const { stageIsNamed } = traits;
    const adoptedStage = stageIsNamed === true ? onlyStage(gateway) : undefined;
    const why = isWanted ? notAdopted(gateway, traits, routes) : undefined;
    if (why !== undefined) notes.push(`routes of ${gateway.id} are not adopted: ${why}`);
    const adopts = isWanted && why === undefined;
    const isManaged = owner !== undefined && (stage !== undefined || !stageIsNamed);
    const deployedTo = isManaged ? stage : adopts ? adoptedStage : undefined;
    const ref = gatewayInput(gateway, traits, routes, isManaged || (adopts && stageIsNamed === true), deployedTo);
    const deployed = gateway.stages.filter(({ name: one }) => deployedTo === undefined || one === deployedTo);
    const ofStages = writtenStages(traits, deployed, routes, new Set(gateway.routes.map(({ key }) => key)));
    const kinds = this.clouds.named(this.region.provider)?.targets ?? {};
    const isExternal = !isManaged && !adopts;
    const targets = new TargetWriter(this.region, kinds, (...one) => this.#refusal(gateway, isExternal, ...one));
    const written: Record<string, WrittenRoute> = {};
    for (const route of routes) {
      const { key, variables = [] } = route;
      const target = isKey(traits, key, isExternal) ? targets.name(route) : undefined;
      if (target === undefined) {
        const refused = targets.refused.get(key) ?? this.#whyLeft(traits, route, isExternal);
        left.push(leftRoute(gateway, route, refused, isManaged));
        continue;
      }

      const throttle = ofStages.throttleOf(key);
      const own = throttle === undefined ? settings.get(route) : { ...settings.get(route), throttle };
      written[key] = writtenRoute(target, isManaged ? own : undefined, this.to.secrets);
      if (variables.length > 0) notes.push(`route ${key} of ${gateway.id}: ${variableNote(gateway, variables)}`);
    }
    if (Object.keys(written).length === 0) return;

    const unwritten = isManaged || adopts ? [] : settingKeys(traits, routes);
    if (unwritten.length > 0)
      notes.push(
        `external routes of ${gateway.id} have settings that are not in the file, and that Postern does not change: ${unwritten.join(', ')}`,
      );
    if (isManaged && ofStages.lost.length > 0)
      left.push(`${ofStages.lost.join(', ')} of ${gateway.id}: its stages have different ones, and a spec has one`);
    if (isManaged && ofStages.partial.length > 0)
      left.push(
        `${ofStages.partial.join(', ')} of ${gateway.id}: methods have settings of their own, so that it does not act on each route`,
      );
    const name = owner === undefined ? integrationNames.free(gateway.name, gateway.id) : integrationNames.take(owner);
    integrations.set(name, {
      link,
      gateway: isManaged ? { ...ref, ...ofStages.settings } : ref,
      ...(isManaged ? {} : adopts ? { adopt: true } : { owner: 'external' as const }),
      targets: Object.fromEntries(targets.targets),
      routes: written,
    });
  }

  /** Why a plan refuses the target of a route: a listener that is gone, an address that the link does not reach. */
  #refusal(
    gateway: Gateway,
    isExternal: boolean,
    route: Route,
    target: Target | undefined,
    ref: WrittenTarget,
  ): string | undefined {
    const link = this.region.links.find(({ id }) => id === (route.linkId ?? gateway.linkId));
    // A state of another tool does not say whose account it is.
    if (link === undefined || this.to.judged || !this.region.account) return undefined;

    const { networkId, loadBalancerIds } = link;
    if (target?.networkId !== undefined && networkId !== undefined && target.networkId !== networkId)
      return `its target ${target.id} is in ${target.networkId}, and its link ${link.id} in ${networkId}: no call arrives`;

    const use = isExternal ? undefined : { tls: route.tls };
    const { targetRefusals } = linkTraits(this.clouds, { ...link, provider: this.region.provider }).rules;
    return targetRefusals(
      ref,
      { target, link, networkId, loadBalancerIds, use, gateway: this.clouds.gateway(gateway.kind) },
      this.region,
    )[0]?.message;
  }

  /** Why a route of a link of the spec is not written. */
  #whyLeft(traits: GatewayKindTraits, { key, targetId, variables = [] }: Route, isExternal: boolean): string {
    if (!isKey(traits, key, isExternal)) return 'a spec cannot express its key';
    if (targetId === undefined)
      return variables.length === 0 ? 'it has no target' : `its target is named by ${variablesText(variables)}`;

    const target = this.region.targets.find(({ id }) => id === targetId);
    const link = this.region.links.find(({ id }) => id === target?.linkId);
    const why =
      target && link && linkTraits(this.clouds, { ...link, provider: this.region.provider }).rules.unwritten?.(target);
    return why ?? `its target is ${targetId}, which a spec cannot express`;
  }
}

function leftRoute({ id }: Gateway, { key }: Route, why: string, isDeleted: boolean): string {
  return `route ${key} of ${id}: ${why}${isDeleted ? '; a plan of this spec deletes the route' : ''}`;
}

/** `${stageVariables.link}, ${stageVariables.uri}` */
function variablesText(names: readonly string[]): string {
  return names.map((name) => `\${stageVariables.${name}}`).join(', ');
}

/** A value that a stage does not have cannot be written: its calls fail, with the spec as well. */
function variableNote({ stages }: Gateway, names: readonly string[]): string {
  const lacks = stages.flatMap(({ name: stage, variables = {} }) => {
    const missing = names.filter((name) => !Object.hasOwn(variables, name));
    return missing.length === 0 ? [] : [`${stage} has no value of ${variablesText(missing)}`];
  });
  const values = names.length === 1 ? 'has one value' : 'have one value each';
  if (lacks.length === 0) return `${variablesText(names)} ${values} on all stages, which is written`;

  return `${variablesText(names)} ${values} on the other stages, which is written; ${lacks.join('; ')}: calls there get status 500`;
}

/** A mock, or a public address without a stage variable. */
function isOutside(backend: string | undefined): boolean {
  if (backend === 'a mock') return true;

  const [, host] = /^https?:\/\/([^/:]+)/i.exec(backend ?? '') ?? [];
  return host !== undefined && !isVariable(backend) && !isPrivate(host);
}
