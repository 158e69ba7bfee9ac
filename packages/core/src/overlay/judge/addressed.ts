import { OPEN_VALUE_REMEDY } from '../../do/world/index/gap-facts.js';
import { findingJson } from '../../check/report/json.js';
import type { Evidence, Finding, Param } from '../../do/findings/finding.js';
import type { ToolWords } from '../declared/tool-plan.js';
import type { LaidChange } from '../lay/laid.js';
import type { JudgedWorld } from './judged-world.js';
import { inPlan, type SpecInPlan } from './plan-words.js';
import type { AddressedFinding } from './routes.js';

/** Both sides of a plan, and how what is in it is named. */
interface SidesOfPlan {
  readonly before: JudgedWorld;
  readonly after: JudgedWorld;
  /** The addresses of IDs. */
  readonly names: ReadonlyMap<string, string>;
  /** A text with addresses in the place of IDs. */
  readonly renamed: (text: string) => string;
  readonly words: ToolWords;
  readonly settings: SpecInPlan['settings'];
  /** By address: the IDs that a change of a resource takes out of it, or puts into it. */
  readonly touched: ReadonlyMap<string, ReadonlySet<string>>;
  readonly option: SpecInPlan['option'];
}

/**
 * Findings that decide about a route, and warnings that the plan adds to routes of integrations that were there before it: with addresses,
 * and remedies as one writes them in a configuration.
 */
export function addressed({
  before,
  after,
  names,
  renamed,
  words,
  settings,
  touched,
  option,
}: SidesOfPlan): readonly AddressedFinding[] {
  const { routes, laid, spec } = after;
  const existed = new Set(before.routes.map(({ gatewayId, routeId }) => `${gatewayId} ${routeId}`));
  const found = new Map<Finding, { readonly addresses: Set<string>; readonly path: Set<string>; isNew: boolean }>();
  const brought = new Set<Finding>();
  for (const { findings, warnings = [], gatewayId, routeId, key, linkId, targetId } of routes) {
    for (const warning of warnings) if (isBrought(warning, before)) brought.add(warning);
    for (const one of [...findings, ...warnings.filter((warning) => brought.has(warning))]) {
      // A route of an OpenAPI document has no resource of its own: it is named by its gateway, where the plan has that.
      const gateway = names.get(gatewayId);
      const inDocument = gateway === undefined ? undefined : `${gateway} ${key}`.trim();
      const address = laid.routes.get(`${gatewayId} ${routeId}`) ?? inDocument;
      const known = found.get(one) ?? { addresses: new Set(), path: new Set(), isNew: true };
      if (existed.has(`${gatewayId} ${routeId}`)) known.isNew = false;
      if (address !== undefined) known.addresses.add(address);
      for (const id of [linkId, targetId]) if (id !== undefined) known.path.add(id);
      found.set(one, known);
    }
  }
  const resources: SpecInPlan['links'] = new Map(
    Object.entries(spec.links).flatMap(([name, { id }]) => {
      const address = names.get(String(id));
      return address === undefined ? [] : [[name, address] as const];
    }),
  );
  const lists = new Map(
    laid.snapshot.regions.flatMap(({ securityGroups }) =>
      securityGroups.map(({ id, rules }) => [id, rules.flatMap(({ prefixListId }) => prefixListId ?? [])] as const),
    ),
  );
  return [...found].map(([finding, { addresses: ofRoutes, path, isNew }]) => {
    const ids = new Set([
      ...[...textsOf(finding.params)].filter((id) => !laid.words.has(id)),
      ...finding.evidence.flatMap(idsOf),
      ...finding.about.map(({ id }) => id),
    ]);
    const missing = finding.evidence.filter(({ kind }) => kind === 'missing fact').map(({ text }) => text);
    // The rules of a group allow what its prefix lists have.
    for (const id of ids) for (const list of lists.get(id) ?? []) ids.add(list);
    const touches = ({ address }: LaidChange): boolean => [...(touched.get(address) ?? [])].some((id) => ids.has(id));
    const causes = laid.changes.filter((one) => one.ids.some((id) => ids.has(id) || path.has(id)) || touches(one));
    // What is created on the path, and is not what the finding names, is not at fault.
    const near = causes.filter(({ change, ids: own }) => change !== 'create' || own.some((id) => ids.has(id)));
    // What moves something that the finding names decides, and not what is beside it.
    const moving = causes.filter(touches);
    const atFault =
      moving.length > 0
        ? [...new Set([...moving, ...near.filter(({ ids: own }) => own.some((id) => ids.has(id)))])]
        : near;
    const addresses = new Set([
      ...causes.map(({ address }) => address),
      ...[...ids].flatMap((id) => names.get(id) ?? []),
      ...laid.changes.map(({ address }) => address).filter((one) => missing.some((text) => isNamed(text, one))),
      ...ofRoutes,
    ]);
    // The names of a spec are found before what they are named by has an address.
    const own = inPlan(finding.remedy, { links: resources, settings, option });
    const shown = renamedFinding({ ...finding, remedy: own }, renamed);
    const remedy = own === OPEN_VALUE_REMEDY ? words.decide : shown.remedy;
    const order = brought.has(finding) ? ADDED_FIRST : REMOVED_FIRST;
    return {
      ...shown,
      remedy:
        finding.code === 'NEXT_DEPLOYMENT'
          ? words.redeploy
          : remedyOf(remedy, isNew ? withoutNew(atFault) : atFault, finding.verdict, words, order),
      addresses: [...addresses],
    } as AddressedFinding;
  });
}

/** A finding whose texts and IDs have addresses. Its code, check and verdict, and the keys of the spec, are no texts. */
function renamedFinding(finding: Finding, renamed: (text: string) => string): Finding {
  const { subject, message, remedy, about, evidence, params, ...others } = findingJson(finding);
  return {
    ...others,
    subject: renamed(subject),
    message: renamed(message),
    remedy: remedy === undefined ? undefined : renamed(remedy),
    about: about.map((one) => ({ ...one, id: renamed(one.id), label: renamed(one.label) })),
    evidence: evidence.map((one) => ({ ...one, id: renamed(one.id), text: renamed(one.text) })),
    params: renamedParam(params, renamed),
  } as Finding;
}

function renamedParam<T extends Param>(param: T, renamed: (text: string) => string): T {
  const value = (one: Param): Param => {
    if (typeof one === 'string') return renamed(one);
    if (Array.isArray(one)) return one.map(value);
    if (typeof one !== 'object' || one === null) return one;

    return Object.fromEntries(Object.entries(one).map(([name, inner]) => [name, value(inner)]));
  };
  return value(param) as T;
}

/** Whether a plan brings a warning to routes that were there before it. */
function isBrought({ check, code, subject, integration }: Finding, before: JudgedWorld): boolean {
  const had = before.report.findings.some(
    (one) => one.check === check && one.code === code && one.subject === subject && one.verdict === 'fail',
  );
  return !had && integration !== null && Object.hasOwn(before.spec.integrations, integration);
}

/** IDs in a text, `sg-0a1b2c3d` and `vpc-bp1k2m3n4p5q`, and IPv4 addresses that are no blocks, `10.0.1.7`. */
const IDS = /(?<![a-z])[a-z]+-(?:[0-9a-f]{8,17}|(?=[a-z]*\d)[0-9a-z]{8,})\b|\b\d+(?:\.\d+){3}\b(?!\/)/g;

/** Whether a text names a resource, and not one whose address begins with that. */
function isNamed(text: string, address: string): boolean {
  const at = text.indexOf(address);
  return at >= 0 && !/^[\w[-]/.test(text.slice(at + address.length));
}

function idsOf({ id, text }: Evidence): readonly string[] {
  return [id, ...(text.match(IDS) ?? [])];
}

function* textsOf(param: Param): Generator<string> {
  if (typeof param === 'string') yield* [param, ...(param.match(IDS) ?? [])];
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

/** Causes of what fails: what is removed is named first, then what changes. */
const REMOVED_FIRST: readonly LaidChange['change'][] = [
  'delete',
  'update',
  'delete and create',
  'create and delete',
  'create',
  'forget',
];

/** Causes of a warning, such as of a rule that allows too much: what is added is named first. */
const ADDED_FIRST: typeof REMOVED_FIRST = [
  'create',
  ...REMOVED_FIRST.filter((one) => one !== 'create' && one !== 'delete'),
  'delete',
];

/** Where all is new, no creation is what made calls fail: the remedy says what is missing. */
export function withoutNew(causes: readonly LaidChange[]): readonly LaidChange[] {
  return causes.filter(({ change }) => change !== 'create');
}

/** The remedy of the check, which names what has to be there, behind the changes of the plan that decide. */
export function remedyOf(
  remedy: string | undefined,
  causes: readonly LaidChange[],
  verdict: Finding['verdict'],
  words: ToolWords,
  order = REMOVED_FIRST,
): string | undefined {
  if (verdict === 'unknown' || causes.length === 0) return remedy;

  const [first, second] = causes.toSorted((a, b) => order.indexOf(a.change) - order.indexOf(b.change));
  if (first === undefined) return remedy;

  const said = [first, ...(second?.change === first.change ? [second] : [])]
    .map((one) => VERBS[one.change](one.address, words))
    .join(', or ');
  const text = `${said.charAt(0).toUpperCase()}${said.slice(1)}`;
  return remedy === undefined ? `${text}.` : `${text}. Or: ${remedy}`;
}
