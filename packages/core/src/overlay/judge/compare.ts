import { findingJson } from '../../check/report/json.js';
import type { Evidence, Finding, Param, Report } from '../../do/findings/finding.js';
import type { Spec } from '../../do/model/spec.js';
import type { Snapshot } from '../../do/snapshot/snapshot.js';
import { REPORT_VERSION } from '../../do/findings/finding.js';
import type { LostRoute } from '../draft/draft-region.js';
import type { LaidChange } from '../lay/lay-plan.js';
import { renamer } from '../lay/renamer.js';
import type { ToolPlan, ToolWords } from '../declared/tool-plan.js';
import type { JudgedWorld } from './judged-world.js';
import type { JudgedRoute, RouteVerdict } from './routes.js';
import { verdictFinding } from './verdict-finding.js';

/** A moment between before and after at which calls do not arrive, or may not. */
export interface Interruption {
  readonly address: string;
  readonly change: LaidChange['change'];
  readonly message: string;
}

/** A private integration, before and after the plan. */
export interface JudgedIntegration {
  /** The address of its route; where no resource is the route, the gateway's address or ID, and the key. */
  readonly address: string;
  readonly route: string;
  readonly gateway: string;
  readonly before: RouteVerdict;
  readonly after: RouteVerdict;
  /** Why, where no finding says it; and what a verdict depends on, such as the port that a URI names. */
  readonly because?: string | undefined;
  readonly interruptions: readonly Interruption[];
}

/** A finding, with the addresses of what it is about and of what the plan changes there. */
export type AddressedFinding = Finding & { readonly addresses: readonly string[] };

/** What a plan does to private integrations. Plain JSON, in a stable order, without sensitive values. */
export interface PlanJudgement {
  readonly version: 1;
  readonly integrations: readonly JudgedIntegration[];
  /** What stops calls after the plan, or may; an address is given wherever the plan has one. */
  readonly findings: readonly AddressedFinding[];
  /** What a reader must know besides, a sentence each. */
  readonly notes: readonly string[];
  /** The findings as a report, for its other formats, and the spec that it is about. */
  readonly report: Report;
  readonly spec: Spec;
}

/** Both sides of a plan, side by side. */
export function compared(
  plan: ToolPlan,
  base: Snapshot | undefined,
  before: JudgedWorld,
  after: JudgedWorld,
): PlanJudgement {
  const names = new Map([...before.laid.names, ...after.laid.names]);
  const addressOf = (world: JudgedWorld, { gatewayId, routeId, key }: Omit<LostRoute, 'what'>): string =>
    world.laid.routes.get(`${gatewayId} ${routeId}`) ??
    [names.get(gatewayId) ?? gatewayId, ...(key === '' ? [] : [key])].join(' ');
  const sides = new Map<string, { before?: JudgedRoute; after?: JudgedRoute }>();
  for (const route of before.routes) sides.set(addressOf(before, route), { before: route });
  for (const route of after.routes) {
    const address = addressOf(after, route);
    sides.set(address, { ...sides.get(address), after: route });
  }
  const lost = new Map(after.laid.unknownRoutes.map((one) => [one.address, one.what] as const));
  const keys = new Map<string, string>();
  for (const one of after.laid.lostRoutes) {
    const address = addressOf(after, one);
    keys.set(address, one.key);
    if (!lost.has(address)) lost.set(address, one.what);
  }
  const addresses = new Set([
    ...sides.keys(),
    ...keys.keys(),
    ...after.laid.unknownRoutes.flatMap(({ address, type }) => (ROUTES.has(type) ? address : [])),
  ]);
  const renamed = renamer(after.laid.symbols);
  const isPart = plan.partial.length > 0;
  const integrations = [...addresses].toSorted().map((address): JudgedIntegration => {
    const side = sides.get(address) ?? {};
    const one = side.after ?? side.before;
    const moments = interruptions(side, before, after.laid.changes, plan.words);
    const open = moments.find(({ message }) => message.endsWith(UNDECIDED))?.message;
    const unproven = side.after?.verdict === 'pass' ? (isPart ? plan.partial[0] : open) : undefined;
    const what = lost.get(address) ?? side.after?.because ?? unproven ?? stillServed(side, after);
    const unknown = unproven !== undefined || (lost.has(address) && side.after === undefined);
    return {
      address,
      route: one?.key ?? keys.get(address) ?? '',
      gateway: names.get(one?.gatewayId ?? '') ?? one?.gatewayId ?? '',
      before: side.before?.verdict ?? 'absent',
      after: unknown ? 'unknown' : (side.after?.verdict ?? 'absent'),
      ...(what === undefined ? {} : { because: renamed(what) }),
      interruptions: moments,
    };
  });
  const findings = [
    ...addressed(before, after, names, renamed, plan.words),
    ...integrations.flatMap((one) => unfounded(one, sides.get(one.address) ?? {}, after, plan.words)),
  ];
  const notes = [
    ...plan.partial.map((one) => `${one}: what ${plan.words.plan} does not have is not judged`),
    ...plan.notes,
    ...ages(plan, base),
    ...after.laid.notes,
  ];
  const report: Report = {
    version: REPORT_VERSION,
    findings: findings.map(({ addresses: _addresses, ...one }) => one as Finding),
    gaps: after.report.gaps.map((one) => ({ ...one, what: renamed(one.what) })),
    assumptions: [],
  };
  return { version: 1, integrations, findings, notes, report, spec: after.spec };
}

/** The verdict of an integration as a finding, where no check has one for it: what decides is in every report. */
function unfounded(
  { address, route, after, because }: JudgedIntegration,
  { before, after: judged }: { readonly before?: JudgedRoute; readonly after?: JudgedRoute },
  { laid }: JudgedWorld,
  words: ToolWords,
): readonly AddressedFinding[] {
  if ((after !== 'fail' && after !== 'unknown') || (judged?.verdict === after && judged.findings.length > 0)) return [];
  const path = [judged?.linkId, judged?.targetId, judged?.routeId].filter((id) => id !== undefined && id !== '');
  const causes = laid.changes.filter(({ ids }) => ids.some((id) => path.includes(id)));
  const finding = verdictFinding(after, address, { route, because, remedy: judged?.remedy });
  const addresses = [...new Set([address, ...causes.map((one) => one.address)])];
  const remedy = remedyOf(finding.remedy, before === undefined ? withoutNew(causes) : causes, after, words);
  return [{ ...finding, remedy, addresses } as AddressedFinding];
}

/** What may have changed between the base and the plan. */
function ages({ timestamp, words }: ToolPlan, base: Snapshot | undefined): readonly string[] {
  if (base === undefined) return [`no snapshot is given: only what ${words.tool} manages is known`];
  if (timestamp === undefined || Date.parse(base.takenAt) >= Date.parse(timestamp)) return [];
  return [`the snapshot (${base.takenAt}) is older than ${words.plan} (${timestamp})`];
}

/** An API without routes is not deployed: its stage keeps the deployment that it has. */
function stillServed(
  { before, after }: { readonly before?: JudgedRoute; readonly after?: JudgedRoute },
  { laid }: JudgedWorld,
): string | undefined {
  if (before === undefined || after !== undefined) return undefined;
  const gateways = laid.snapshot.regions.flatMap((region) => region.gateways);
  const left = gateways.find(({ id }) => id === before.gatewayId);
  if (left === undefined || left.routes.length > 0 || left.stages.length === 0) return undefined;
  return 'the API has no route left, so its stages go on serving their last deployment';
}

/** The types that are routes, and not what routes use. */
const ROUTES: ReadonlySet<string> = new Set([
  'aws_apigatewayv2_route',
  'aws_api_gateway_integration',
  'alicloud_api_gateway_api',
  'alicloud_apig_route',
]);

/** Findings that decide about a route, with addresses, and remedies as one writes them in a configuration. */
function addressed(
  before: JudgedWorld,
  { routes, laid }: JudgedWorld,
  names: ReadonlyMap<string, string>,
  renamed: (text: string) => string,
  words: ToolWords,
): readonly AddressedFinding[] {
  const existed = new Set(before.routes.map(({ gatewayId, routeId }) => `${gatewayId} ${routeId}`));
  const found = new Map<Finding, { readonly addresses: Set<string>; readonly path: Set<string>; isNew: boolean }>();
  for (const { findings, gatewayId, routeId, linkId, targetId } of routes)
    for (const one of findings) {
      const address = laid.routes.get(`${gatewayId} ${routeId}`);
      const known = found.get(one) ?? { addresses: new Set(), path: new Set(), isNew: true };
      if (existed.has(`${gatewayId} ${routeId}`)) known.isNew = false;
      if (address !== undefined) known.addresses.add(address);
      for (const id of [linkId, targetId]) if (id !== undefined) known.path.add(id);
      found.set(one, known);
    }
  const lists = new Map(
    laid.snapshot.regions.flatMap(({ securityGroups }) =>
      securityGroups.map(({ id, rules }) => [id, rules.flatMap(({ prefixListId }) => prefixListId ?? [])] as const),
    ),
  );
  return [...found].map(([finding, { addresses: ofRoutes, path, isNew }]) => {
    const ids = new Set([
      ...textsOf(finding.params),
      ...finding.evidence.flatMap(idsOf),
      ...finding.about.map(({ id }) => id),
    ]);
    // The rules of a group allow what its prefix lists have.
    for (const id of ids) for (const list of lists.get(id) ?? []) ids.add(list);
    const causes = laid.changes.filter((one) => one.ids.some((id) => ids.has(id) || path.has(id)));
    // What is created on the path, and is not what the finding names, is not at fault.
    const atFault = causes.filter(({ change, ids: own }) => change !== 'create' || own.some((id) => ids.has(id)));
    const addresses = new Set([
      ...causes.map(({ address }) => address),
      ...[...ids].flatMap((id) => names.get(id) ?? []),
      ...ofRoutes,
    ]);
    const shown = JSON.parse(renamed(JSON.stringify(findingJson(finding)))) as Finding;
    return {
      ...shown,
      remedy: remedyOf(shown.remedy, isNew ? withoutNew(atFault) : atFault, finding.verdict, words),
      addresses: [...addresses],
    } as AddressedFinding;
  });
}

function idsOf({ id, text }: Evidence): readonly string[] {
  return [id, ...(text.match(/[a-z]+-[0-9a-f]{8,17}\b/g) ?? [])];
}

function* textsOf(param: Param): Generator<string> {
  if (typeof param === 'string') yield* [param, ...(param.match(/[a-z]+-[0-9a-f]{8,17}\b/g) ?? [])];
  else if (typeof param === 'object' && param !== null)
    for (const one of Object.values(param)) yield* textsOf(one as Param);
}

const VERBS: Readonly<Record<LaidChange['change'], (address: string, words: ToolWords) => string>> = {
  create: (address, { plan }) => `change ${address}, which ${plan} creates`,
  update: (address, { where }) => `undo the change of ${address}${where}`,
  delete: (address, { plan, where }) => `keep ${address}, which ${plan} deletes${where === '' ? '' : `,${where}`}`,
  'delete and create': (address, { plan }) => `check ${address}, which ${plan} replaces`,
  'create and delete': (address, { plan }) => `check ${address}, which ${plan} replaces`,
  forget: (address, { plan }) => `check ${address}, which ${plan} forgets`,
};

/** Causes that are named first: what is removed, then what changes. */
const ORDER: readonly LaidChange['change'][] = [
  'delete',
  'update',
  'delete and create',
  'create and delete',
  'create',
  'forget',
];

/** Where all is new, no creation is what made calls fail: the remedy says what is missing. */
function withoutNew(causes: readonly LaidChange[]): readonly LaidChange[] {
  return causes.filter(({ change }) => change !== 'create');
}

/** The remedy of the check, which names what has to be there, behind the changes of the plan that decide. */
function remedyOf(
  remedy: string | undefined,
  causes: readonly LaidChange[],
  verdict: Finding['verdict'],
  words: ToolWords,
): string | undefined {
  if (verdict === 'unknown' || causes.length === 0) return remedy;
  const [first, second] = causes.toSorted((a, b) => ORDER.indexOf(a.change) - ORDER.indexOf(b.change));
  if (first === undefined) return remedy;
  const said = [first, ...(second?.change === first.change ? [second] : [])]
    .map((one) => VERBS[one.change](one.address, words))
    .join(', or ');
  const text = `${said.charAt(0).toUpperCase()}${said.slice(1)}`;
  return remedy === undefined ? `${text}.` : `${text}. Or: ${remedy}`;
}

const UNDECIDED = '. That is decided during the execution.';

/** What of a path is replaced: between the two calls do not arrive, or go another way. */
function interruptions(
  side: { readonly before?: JudgedRoute; readonly after?: JudgedRoute },
  { laid }: JudgedWorld,
  changes: readonly LaidChange[],
  { createFirst }: ToolWords,
): readonly Interruption[] {
  const { before, after } = side;
  if (before === undefined || after === undefined) return [];
  const region = laid.snapshot.regions.find(({ gateways }) => gateways.some(({ id }) => id === before.gatewayId));
  const listener = region?.listeners.find(({ id }) => id === before.targetId);
  const route = region?.gateways
    .find(({ id }) => id === before.gatewayId)
    ?.routes.find(({ id }) => id === before.routeId);
  const link = region?.links.find(({ id }) => id === before.linkId);
  const balancer = region?.loadBalancers.find(({ id }) => id === listener?.loadBalancerId);
  const path = new Set([
    before.gatewayId,
    before.routeId,
    route?.integrationId,
    before.linkId,
    before.targetId,
    balancer?.id,
    ...(listener?.actions ?? []).flatMap(({ targetGroupIds = [] }) => targetGroupIds),
    ...(link?.securityGroupIds ?? []),
    ...(balancer?.securityGroupIds ?? []),
  ]);
  return changes.flatMap(({ address, change, ids, undecided }): readonly Interruption[] => {
    if (!ids.some((id) => path.has(id))) return [];
    if (undecided !== undefined) return [{ address, change, message: `${address} ${undecided}${UNDECIDED}` }];
    if (change === 'delete and create' && ids.includes(before.linkId))
      return [
        {
          address,
          change,
          message: `${address} is deleted before its replacement exists, and a link that routes use cannot be deleted: the apply fails. ${createFirst}`,
        },
      ];
    if (change === 'delete and create')
      return [
        { address, change, message: `${address} is deleted before its replacement exists: calls fail in between.` },
      ];
    if (change === 'create and delete')
      return [
        {
          address,
          change,
          message: `${address} is replaced: calls go through the new one once what names it is changed.`,
        },
      ];
    return [];
  });
}
