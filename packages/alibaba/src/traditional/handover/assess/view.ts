import { fullPath, type RouteMatch, matchesOf, type Matches } from '../mapping/route-match.js';
import type { HandoverSource, SourceGap, SourcePart, PolicyUse, SourceApp } from '../source/source.js';
import type {
  SourceApi,
  SourceAuthorization,
  SourceDeployment,
  SourceAccess,
  SourceBackend,
} from '../source/source-api.js';
import type { About } from './assessment.js';
import type { Json } from '@postern/core/internal/adapter';
import { grouped } from '@postern/core/internal/kinds';

/** An API on a stage. */
export interface Published {
  readonly api: SourceApi;
  readonly deployment: SourceDeployment;
  readonly method: string;
  /** With the base path of the group. */
  readonly path: string;
  /** What the API calls, through a named backend, too. Undefined: the named backend, or its part for this stage, was not found. */
  readonly backend: SourceBackend | undefined;
  readonly about: About;
}

/** A source, looked up. */
export interface AssessView {
  readonly source: HandoverSource;
  readonly targets: readonly TargetGateway[];
  /** The instant that deadlines are counted from, in milliseconds since the epoch. */
  readonly now: number;
  readonly published: readonly Published[];
  /** Only stages on which something is published. */
  readonly stages: ReadonlyMap<string, readonly Published[]>;
  readonly matches: (stage: string) => Matches<Published>;
  readonly matchOf: (one: Published) => RouteMatch;
  readonly access: (name: string) => SourceAccess | undefined;
  readonly app: (id: string) => SourceApp | undefined;
  readonly authorized: (apiId: string, stage: string) => readonly SourceAuthorization[];
  /** The published APIs that a policy applies to, by stage. */
  readonly reached: (uses: readonly PolicyUse[]) => ReadonlyMap<string, readonly Published[]>;
  /** Why a part, or a part of one thing, is missing. */
  readonly gap: (part: SourcePart, id?: string) => SourceGap | undefined;
  readonly aboutGroup: About;
}

export interface ViewInput {
  readonly source: HandoverSource;
  readonly targets: readonly TargetGateway[];
  readonly now: number;
}

/** Looks a source up once, in an order that does not depend on that of its lists. */
export function viewOf({ source, targets, now }: ViewInput): AssessView {
  const { group, gaps } = source;
  const accesses = new Map(source.accesses.map((one) => [one.name, one]));
  const apps = new Map(source.apps.map((one) => [one.id, one]));
  const named = new Map(source.namedBackends.map((one) => [one.id, one]));
  const published = source.apis
    .flatMap((api) => api.deployments.map((deployment) => publishedOf(api, deployment)))
    .toSorted(
      (a, b) =>
        compare(a.deployment.stage, b.deployment.stage) ||
        compare(a.path, b.path) ||
        compare(a.method, b.method) ||
        compare(a.api.id, b.api.id),
    );
  const stages = grouped(published, ({ deployment }) => deployment.stage);
  const authorized = grouped(source.authorizations, ({ apiId, stage }) => `${stage} ${apiId}`);
  const byId = new Map(published.map((one) => [`${one.deployment.stage} ${one.api.id}`, one]));
  const matches = new Map([...stages].map(([stage, list]) => [stage, matchesOf(list)]));
  const matchesOn = (stage: string): Matches<Published> => matches.get(stage) ?? matchesOf([]);
  return {
    source,
    targets,
    now,
    published,
    stages,
    matches: matchesOn,
    matchOf: (one) => matchesOn(one.deployment.stage).of.get(one) as RouteMatch,
    access: (name) => accesses.get(name),
    app: (id) => apps.get(id),
    authorized: (apiId, stage) => authorized.get(`${stage} ${apiId}`) ?? [],
    reached: (uses) => {
      const found = new Set(
        uses.flatMap(({ stage, apiId }) =>
          apiId === undefined ? (stages.get(stage) ?? []) : (byId.get(`${stage} ${apiId}`) ?? []),
        ),
      );
      return grouped(found, ({ deployment }) => deployment.stage);
    },
    gap: (part, id) => gaps.find((gap) => gap.part === part && (gap.id === undefined || gap.id === id)),
    aboutGroup: { source: { kind: 'group', id: group.id, name: group.name }, apis: [] },
  };

  function publishedOf(api: SourceApi, deployment: SourceDeployment): Published {
    const { stage, method, backend: own } = deployment;
    const path = fullPath(group.basePath, deployment.path);
    const model =
      own.namedBackend === undefined
        ? own
        : named.get(own.namedBackend)?.models.find((one) => one.stage === stage)?.backend;
    return {
      api,
      deployment,
      method,
      path,
      // The API itself says which path and method it calls on a named backend.
      backend:
        model === undefined || model === own
          ? model
          : { ...model, path: own.path, method: own.method, timeoutMs: own.timeoutMs ?? model.timeoutMs },
      about: { source: { kind: 'api', id: api.id, name: api.name }, stage, apis: [api.id] },
    };
  }
}

/** An object of one or several APIs of a stage. */
export function aboutAll(source: About['source'], stage: string, apis: readonly Published[]): About {
  return { source, stage, apis: apis.map(({ api }) => api.id).toSorted() };
}

/** By code units, so that every machine has one order. */
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A member of an object of JSON; undefined where the value is not an object. */
export function memberIn(value: Json | undefined, name: string): Json | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;

  return (value as { readonly [key: string]: Json })[name];
}

export function textIn(value: Json | undefined, name: string): string | undefined {
  const member = memberIn(value, name);
  return typeof member === 'string' && member !== '' ? member : undefined;
}

/** A number, also where it is written as a text. */
export function numberIn(value: Json | undefined, name: string): number | undefined {
  const member = memberIn(value, name);
  const number = typeof member === 'string' && member !== '' ? Number(member) : member;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** The items of a list, or the values of an object. */
export function membersOf(value: Json | undefined, name: string): readonly Json[] {
  const member = memberIn(value, name);
  if (typeof member !== 'object' || member === null) return [];

  return Object.values(member) as readonly Json[];
}

/** A gateway of APIG that exists and could be the target. */
export interface TargetGateway {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  readonly vpcId: string;
  readonly vSwitchIds: readonly string[];
  /** The managed group of its nodes. */
  readonly groupId?: string | undefined;
  /** `Running`. */
  readonly status: string;
  /** `API`. */
  readonly type: string;
  /** `apigw.small.x1`. */
  readonly spec?: string | undefined;
  readonly version?: string | undefined;
  /** Which callers reach it. Empty: not read. */
  readonly access: readonly ('Internet' | 'Intranet')[];
  /** Whether its vSwitches reach public addresses, through a NAT gateway. Undefined: not read. */
  readonly reachesInternet?: boolean | undefined;
  /** Whether it changes its size by itself. */
  readonly elastic?: boolean | undefined;
  /** The stage that it already serves for this group. */
  readonly stage?: string | undefined;
}
