import { CLOUDS } from '../../../clouds.js';
import { emptyRegion } from '../../../../src/do/snapshot/snapshot-form.js';
import type { Gateway } from '../../../../src/do/model/gateway.js';
import type { Link } from '../../../../src/do/model/link.js';
import { ownerTags } from '../../../../src/do/model/marks.js';
import type { SecurityGroup } from '../../../../src/do/model/network.js';
import type { Owner } from '../../../../src/do/model/owner.js';
import type { Route } from '../../../../src/do/model/route.js';
import type { Target } from '../../../../src/do/model/target.js';
import {
  joinParts,
  type PlanPart,
  type UnitPart,
  planScope,
  type PlanScope,
  unitsOf,
} from '../../../../src/do/plan/plan-scope.js';
import type { LinkPlan } from '../../../../src/do/plan/links/link-plan.js';
import type { Step } from '../../../../src/do/plan/plan.js';
import { linkSpec, smallSpec } from '../../../fake-run.js';
import { collectProblems, type Problems } from '../../../../src/do/world/resolve/problems.js';
import type { RegionSnapshot } from '../../../../src/do/snapshot/snapshot.js';
import { linkHash } from '../../../../src/do/world/resolve/link-identity.js';

/** The mark of this spec, of another spec of the project, and of another project. */
export const OWN: Owner = { project: 'shop', spec: 'orders-1', integration: 'orders' };
export const OTHER_SPEC: Owner = { ...OWN, spec: 'bills-2' };
/** A mark of the spec that may be a copy. */
export const COPY: Owner = { ...OWN, unbound: true };
export const FOREIGN: Owner = { ...OWN, project: 'crm' };

export const TEMPORARY = `GET /postern-probe-${'0a'.repeat(16)}`;

/** A region of which everything was read. */
export function regionOf(fields: Partial<RegionSnapshot> = {}): RegionSnapshot {
  const place = { provider: 'aws', region: 'eu-west-1', account: '111122223333' };
  return emptyRegion({ ...place, whole: ['gateways'], ...fields });
}

/** A link with a complete mark of its owner. */
export function linkOf(owner: Owner | undefined, fields: Partial<Link> = {}): Link {
  const shape = { subnetIds: fields.subnetIds ?? ['subnet-1a'], securityGroupIds: fields.securityGroupIds ?? ['sg-1'] };
  const mark = owner && { ...owner, specHash: linkHash(owner, shape) };
  return {
    kind: 'vpc-link-v2',
    id: 'l-1',
    name: owner?.integration ?? 'eu',
    state: 'ready',
    nativeState: 'AVAILABLE',
    networkId: 'vpc-1',
    ...shape,
    tags: mark ? ownerTags(mark) : {},
    owner: mark,
    raw: null,
    ...fields,
  };
}

export function routeOf(owner: Owner | undefined, fields: Partial<Route> = {}): Route {
  return { id: 'r-1', gatewayId: 'api-1', key: 'GET /a', linkId: 'l-1', targetId: 't-1', owner, raw: null, ...fields };
}

export function gatewayOf(fields: Partial<Gateway> = {}): Gateway {
  return { kind: 'http-api', id: 'api-1', name: 'api', stages: [], routes: [], tags: {}, raw: null, ...fields };
}

export function targetOf(owner: Owner | undefined, fields: Partial<Target> = {}): Target {
  return { kind: 'instance', id: 't-1', owner, raw: null, ...fields };
}

export function groupOf(owner: Owner | undefined, fields: Partial<SecurityGroup> = {}): SecurityGroup {
  return { id: 'sg-own', name: 'postern', networkId: 'vpc-1', owner, rules: [], tags: {}, raw: null, ...fields };
}

/** The time of the snapshot. */
export const TAKEN_AT = '2026-06-01T12:00:00.000Z';

/** A plan under way: its scope, what it changes of routes, and its parts, which tests may add to. */
export interface Draft extends PlanScope {
  readonly leaving: Map<string, string>;
  readonly publishing: Map<string, readonly string[] | undefined>;
  readonly unpublished: Set<string>;
  readonly deploying: Set<string>;
  readonly shown: Map<string, string>;
  readonly units: UnitPart[];
  readonly notes: string[];
  readonly unread: string[];
  readonly unreadUses: string[];
  readonly narrowing: string[];
}

/** A draft of the spec whose mark is `OWN`. */
export function draftOf(fields: Partial<Parameters<typeof planScope>[0]> = {}): Draft {
  const { project, spec = '' } = OWN;
  const scope = planScope({
    project,
    clouds: CLOUDS,
    spec,
    reason: 'it is managed by this project and not declared',
    scope: 'all',
    snapshot: { takenAt: TAKEN_AT, clock: 'cloud' },
    ...fields,
  });
  const changes = {
    leaving: new Map(),
    publishing: new Map(),
    unpublished: new Set<string>(),
    deploying: new Set<string>(),
    shown: new Map(),
  };
  return { ...scope, ...changes, units: [], notes: [], unread: [], unreadUses: [], narrowing: [] };
}

/** Adds a part to a draft. */
export function take(draft: Draft, part: Partial<PlanPart>): void {
  const { units, notes, unread, unreadUses, narrowing } = joinParts([part]);
  draft.units.push(...units);
  draft.notes.push(...notes);
  draft.unread.push(...unread);
  draft.unreadUses.push(...unreadUses);
  draft.narrowing.push(...narrowing);
}

export const stepsOf = ({ units }: Pick<PlanPart, 'units'>): readonly Step[] =>
  unitsOf(units).flatMap(({ steps }) => steps);
export const idsOf = (draft: Pick<PlanPart, 'units'>): readonly string[] => stepsOf(draft).map(({ id }) => id);

/** The error of the problems that `work` adds; undefined where it adds none. */
export function problemOf(work: (problems: Problems) => void): unknown {
  const problems = collectProblems(smallSpec({ spec: 'orders-1' }));
  work(problems);
  try {
    problems.check();
  } catch (error) {
    return error;
  }
  return undefined;
}

/** The plan of link `eu` in a region. */
export function linkPlan(
  region: RegionSnapshot,
  fields: Partial<LinkPlan> & { readonly spec?: object; readonly given?: Link } = {},
): LinkPlan {
  const { spec, given, ...rest } = fields;
  const resolved = { name: 'eu', spec: linkSpec(spec), clouds: CLOUDS, region, networkId: 'vpc-1', given, marked: {} };
  return { resolved, steps: [], extra: [], replaced: [], notes: [], unchanged: 0, ...rest } as unknown as LinkPlan;
}
