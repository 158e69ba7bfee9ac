import { InvalidInputError, type SourcePlace } from '../../../ground/errors.js';
import type { ErrorCode } from '../../../ground/error-codes.js';
import { targetText } from '../../kinds/id-kinds.js';
import { mayChange } from '../../model/marks.js';
import { collisionRemedy, ownerText, type Claimant } from '../../model/ownership.js';
import { canonicalJson } from '../../../ground/hash.js';
import type { Json } from '../../../ground/json.js';
import type { Claim } from '../../model/owner.js';
import type { Route, RouteParameters, RouteSettings } from '../../model/route.js';
import type { TargetRef } from '../../model/target.js';
import { HIDDEN_CONSTANT } from '../../snapshot/hide-values.js';
import { deployedRoute, serverName } from './deploy-mark.js';
import type { DeployedRoute, RouteInput } from './route-input.js';

/** What to do about a route with a declared key that the project does not manage. */
export const FOREIGN_ROUTE_REMEDY =
  'Write `owner: external` on the integration of the spec to keep the route as it is (in a program, do not call `ensureRoute` for it). Or declare it as it is with `adopt: true`, and change it after that. Or declare another key. Deleting the route first interrupts its calls until `postern apply` creates it again.';

/** The members of a declared route that distinguish it from another one with the same key. */
export interface WantedRoute extends Pick<
  RouteInput,
  'link' | 'key' | 'target' | 'tls' | 'path' | 'settings' | 'stages'
> {
  /** The ID of the link, where it exists. */
  readonly linkId: string | undefined;
  /** How a target that does not exist yet is shown: `instance i-1:8080`. */
  readonly targetText: string;
}

/** What the input of a step declares. A target that does not exist yet is shown as the plan's step that creates it. */
export function wantedRoute({ linkRef, ...input }: RouteInput, ref: TargetRef, live: Route | undefined): WantedRoute {
  const { targetName } = input;
  const shown = live?.targetId === targetName ? targetText(ref) : targetName;
  return { ...input, linkId: linkRef?.id, targetText: shown };
}

/** What the backend of a declared route gets: no spec declares another method. */
const OF_THE_CALL = 'that of the call';

/** What callers get: no spec declares an integration that needs responses of its own. */
const OF_THE_BACKEND = 'that of the backend';

/** One member in which a route that is there is other than declared. */
export interface RouteDifference {
  /** `link`, `target`, `scheme` (TLS or none), `tls.serverName`, `path`, `method`, `response`, `owner`, `spec`, `mark`, `stages`, or a setting. */
  readonly field: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** A declared route, in the form for the mark of a deployment. */
export function declaredRoute({
  link,
  linkId,
  key,
  target,
  tls,
  path,
  settings,
}: Omit<WantedRoute, 'targetText'>): DeployedRoute {
  return { link, linkId, key, targetId: target?.id ?? null, serverName: serverName(tls), path, settings };
}

/** The differences between a live route and its declaration in `integration`; empty if there are none. */
export function routeDifferences(
  live: Route,
  wanted: WantedRoute,
  integration: string,
  spec?: string,
): readonly RouteDifference[] {
  const { differences, compare } = compared();
  differences.push(...calledDifferences(live, declaredRoute(wanted), wanted.targetText));
  compare('owner', formerNameOf(live.owner) ?? live.owner?.integration ?? null, integration);
  if (spec !== undefined) compare('spec', live.owner?.spec ?? null, spec);
  if (live.owner?.unbound === true) compare('mark', 'without hash', 'with hash');
  if (wanted.stages !== undefined) {
    for (const { field, from, to } of stageDifference(live, wanted.stages)) compare(field, from, to);
  }
  return differences;
}

/**
 * The differences that calls meet: where a route leads, how, and its declared settings.
 * @param targetText how a target that does not exist yet is shown
 */
export function calledDifferences(
  live: Route,
  wanted: DeployedRoute,
  targetText: string | null = null,
): readonly RouteDifference[] {
  const is = deployedRoute(live);
  const { differences, compare } = compared();
  // No route uses a link or a target that does not exist yet, whatever its name in the spec is.
  if (wanted.linkId === undefined) differences.push({ field: 'link', from: is.linkId ?? null, to: wanted.link });
  else compare('link', is.linkId ?? null, wanted.linkId);
  if (wanted.targetId === null) differences.push({ field: 'target', from: is.targetId, to: targetText });
  else compare('target', is.targetId, wanted.targetId);
  // A route without a target in a network has no scheme of its own.
  const to = wanted.serverName;
  compare('scheme', is.targetId === null ? null : schemeOf(is.serverName), schemeOf(to));
  compare('tls.serverName', is.serverName || null, to || null);
  compare('path', is.path === wanted.path ? is.path : (live.writtenPath ?? is.path), wanted.path);
  compare('method', is.method ?? OF_THE_CALL, wanted.method ?? OF_THE_CALL);
  compare('response', live.lacks === 'response' ? 'none for status 200' : OF_THE_BACKEND, OF_THE_BACKEND);
  if (wanted.settings !== undefined) {
    for (const { field, from, to: value } of settingDifferences(live.settings, wanted.settings))
      compare(field, from, value);
  }
  return differences;
}

function compared() {
  const differences: RouteDifference[] = [];
  const compare = (field: string, from: string | null, to: string | null): void => {
    if (from !== to) differences.push({ field, from, to });
  };
  return { differences, compare };
}

/** Whether calls use TLS: without a name for the certificate, that is the only difference. */
function schemeOf(name: string | null): 'http' | 'https' {
  return name === null ? 'http' : 'https';
}

/** The name of the integration that is still in the mark, where it was renamed; see `withMovedOwners`. */
export function formerNameOf(owner: Claim | undefined): string | undefined {
  return owner?.formerly?.[0];
}

/** The declared settings that the route has not, or has otherwise. A setting that is not declared is not compared. */
function settingDifferences(is: RouteSettings = {}, wanted: RouteSettings): readonly RouteDifference[] {
  return (Object.keys(wanted) as (keyof RouteSettings)[])
    .filter((field) => wanted[field] !== undefined)
    .map((field) => ({ field, from: settingText(shown(is, wanted)[field]), to: settingText(wanted[field]) }));
}

/** A constant that a file does not show counts as the declared one. */
function shown(is: RouteSettings, wanted: RouteSettings): RouteSettings {
  const { parameters } = is;
  if (parameters === undefined || !JSON.stringify(parameters).includes(HIDDEN_CONSTANT)) return is;

  const filled = (Object.keys(parameters) as (keyof RouteParameters)[]).map((part) => {
    const own = Object.entries(parameters[part] ?? {}).map(([name, value]) => {
      const declared = wanted.parameters?.[part]?.[name];
      return [name, value === HIDDEN_CONSTANT && declared?.startsWith("'") === true ? declared : value];
    });
    return [part, Object.fromEntries(own)];
  });
  return { ...is, parameters: Object.fromEntries(filled) as RouteParameters };
}

/** An empty list, or parameters without a name, are none. The order of scopes has no meaning. */
function settingText(value: RouteSettings[keyof RouteSettings]): string | null {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object') return value === undefined ? null : canonicalJson(value);

  const kept = Array.isArray(value)
    ? (value as readonly string[]).toSorted()
    : Object.fromEntries(Object.entries(value).filter(([, own]) => Object.keys(own ?? {}).length > 0));
  return Object.keys(kept).length === 0 ? null : canonicalJson(kept as Json);
}

/** Where routes are published one by one: the declared stages that do not show this one as it is. */
function stageDifference({ stages: live = [] }: Route, wanted: readonly string[]): readonly RouteDifference[] {
  if (wanted.every((stage) => live.includes(stage))) return [];

  const text = (stages: readonly string[]): string => [...new Set(stages)].toSorted().join(', ') || 'none';
  return [{ field: 'stages', from: text(live), to: text([...live, ...wanted]) }];
}

/** Differences of the mark: none of them changes where calls go. */
export const OF_THE_MARK: ReadonlySet<string> = new Set(['owner', 'spec', 'mark']);

/** Why a route of another owner prevents the creation of the declared one. */
export interface ForeignRoute {
  readonly code: Extract<ErrorCode, 'ALREADY_EXISTS' | 'NOT_OURS' | 'UNSUPPORTED'>;
  readonly message: string;
  readonly remedy: string;
  readonly details: Readonly<Record<string, string>>;
}

/**
 * A route with a declared key that belongs to another project, or to another spec of the project, is never changed,
 * and refused: it changes and goes with its owner. An unmanaged one whose target and settings match the declaration is
 * left alone. Otherwise the result is why the declared route cannot be created. Undefined: nothing prevents it.
 */
export function foreignRoute(
  by: Claimant,
  live: Route,
  differences: readonly RouteDifference[],
): ForeignRoute | undefined {
  const { key, gatewayId, owner } = live;
  if (mayChange(owner, by)) return undefined;

  const details = { gatewayId, routeId: live.id };
  if (owner?.project === by.project) {
    return {
      code: 'NOT_OURS',
      message: `route ${key} of gateway ${gatewayId} is ${ownerText(owner, by)}; this spec is ${by.spec}`,
      remedy: collisionRemedy(owner, 'route'),
      details: { ...details, project: owner.project, spec: owner.spec ?? '' },
    };
  }
  if (owner !== undefined) {
    return {
      code: 'NOT_OURS',
      message: `route ${key} of gateway ${gatewayId} belongs to project ${owner.project}`,
      remedy: `Write \`owner: external\` on the integration of the spec (in a program, do not call \`ensureRoute\` for it), remove the route here, or declare another key. Removing it from the spec of ${owner.project} deletes it, and its calls fail until it is created again; \`postern forget\` with that spec keeps it.`,
      details: { ...details, project: owner.project },
    };
  }
  if (differences.every(({ field }) => OF_THE_MARK.has(field))) return undefined;

  return {
    code: 'ALREADY_EXISTS',
    message: `gateway ${gatewayId} has a route ${key} that this project does not manage`,
    remedy: FOREIGN_ROUTE_REMEDY,
    details,
  };
}

/** That route as the error of a plan. */
export function foreignRouteError(
  { code, message, remedy, details }: ForeignRoute,
  place: SourcePlace,
): InvalidInputError {
  return new InvalidInputError(code, message, { place, remedy, details });
}
