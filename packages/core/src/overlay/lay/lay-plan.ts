import type { KeptInSubnets } from '../../cidr/reserved-ranges.js';
import { hashText } from '../../ground/hash.js';
import { InvalidInputError } from '../../ground/errors.js';
import type { GatewayKind } from '../../do/model/gateway-kind.js';
import type { IndexedList } from '../../do/snapshot/resources/resources.js';
import type { RegionSnapshot, Snapshot } from '../../do/snapshot/snapshot.js';
import type { PlanSet } from '../rows/plan-set.js';
import type { PlansOfCloud, Place, Row } from '../rows/plans-of-cloud.js';
import type { Instance } from '../declared/values.js';
import type { References, SymbolOf } from '../declared/open.js';
import type { ToolPlan } from '../declared/tool-plan.js';
import { outsidersOf } from '../rows/foreign-resources.js';
import { completed } from './complete.js';
import { DraftRegion, type LostRoute } from '../draft/draft-region.js';
import { Questions, type Refused } from './refused.js';
import { baseRegion, onlyRegion, type DefaultPlace } from './places.js';
import { UnknownAttribute, View, type Choose } from '../draft/view.js';

/** What a plan does with an instance, as text of a report. */
export type Change = 'create' | 'update' | 'delete' | 'delete and create' | 'create and delete' | 'forget';

/** A change of the plan: where, what it is about, and how. */
export interface LaidChange {
  readonly address: string;
  readonly change: Change;
  /** The IDs of what it is, or what it belongs to. */
  readonly ids: readonly string[];
  /** What of it is decided during the execution alone. */
  readonly undecided?: string | undefined;
  /** How it can be replaced without an interruption, where creating the new one first alone does not do it. */
  readonly otherwise?: string | undefined;
}

/** A route that cannot be followed, because an attribute is not known. */
export interface UnknownRoute {
  readonly address: string;
  /** It is the route itself, and not what routes use. */
  readonly isRoute: boolean;
  readonly what: string;
}

/** A plan over a snapshot. */
export interface Laid {
  readonly snapshot: Snapshot;
  /** The address of what has an ID, of things that exist and of those that will. */
  readonly names: ReadonlyMap<string, string>;
  /** The IDs of what does not exist yet. */
  readonly symbols: ReadonlyMap<string, string>;
  /** Those of them, and of what exists, that are names of a configuration: any word may be one. The others are made up. */
  readonly words: ReadonlySet<string>;
  readonly changes: readonly LaidChange[];
  /** Why integrations answer no call, by gateway and ID of the integration. */
  readonly broken: ReadonlyMap<string, string>;
  /** The addresses of routes, by gateway and ID of the route. */
  readonly routes: ReadonlyMap<string, string>;
  /** The IDs of what an address is, or belongs to. */
  readonly owners: ReadonlyMap<string, readonly string[]>;
  readonly unknownRoutes: readonly UnknownRoute[];
  /** Routes without an address of their own that cannot be followed. */
  readonly lostRoutes: readonly LostRoute[];
  /** The IDs of what a registrar uses, and no list has: by its own. */
  readonly uses: ReadonlyMap<string, readonly string[]>;
  readonly notes: readonly string[];
  /** What the cloud refuses by the values in the plan. */
  readonly refused: () => readonly Refused[];
}

/** An instance with the row of its type, and where it is. */
interface Placed {
  readonly instance: Instance;
  readonly row: Row;
  readonly of: PlansOfCloud;
  readonly draft: DraftRegion;
}

/** Of a cloud that says nothing of it. */
const NOTHING_KEPT: KeptInSubnets = { first: 0, last: 0, ipv6: false, source: '' };

/** A region that is laid, and the rows of its cloud. */
interface Drafted {
  readonly draft: DraftRegion;
  readonly of: PlansOfCloud;
}

/** What comes with a resource, such as the default security group of a network, is named by its attribute. */
function nameOf({ address }: Instance, attribute: string): string {
  return /^(?:default|main)_/.test(attribute) ? `${address}.${attribute}` : address;
}

/**
 * Lays a plan over a snapshot: what is there after the apply, as far as the plan says it. What the plan does not
 * mention stays as the snapshot shows it; what is not known yet becomes a gap that names address, attribute and reason.
 * Pure.
 * @throws {InvalidInputError} `INVALID_INPUT` where the region of a resource is not known, or has several accounts.
 */
export function layPlan(
  plan: ToolPlan,
  instances: readonly Instance[],
  given: Snapshot,
  defaults: DefaultPlace,
  choose: Choose,
  set: PlanSet,
): Laid {
  const base = withoutFlows(given);
  const { words } = plan;
  const drafts = new Map<string, Drafted>();
  const symbols = new Map<string, string>();
  const named = new Set<string>();
  const made = new Map<Instance, Map<string, string | undefined>>();
  const draftOf = (instance: Instance, of: PlansOfCloud): DraftRegion => {
    const provider = of.cloud.name;
    const region = plan.regionOf(instance) ?? defaults.region ?? onlyRegion(base, provider) ?? plan.likelyRegion;
    if (region === undefined)
      throw new InvalidInputError('INVALID_INPUT', `the region of ${instance.address} is not in ${words.plan}`, {
        remedy: 'Give --region.',
      });
    const key = `${provider} ${region}`;
    const known = drafts.get(key);
    if (known !== undefined) return known.draft;
    const found = baseRegion(base, provider, region, defaults.account ?? accountIn(instances, region));
    if (found === undefined)
      throw new InvalidInputError('INVALID_INPUT', `the snapshot has ${region} of several accounts`, {
        remedy: `Take a snapshot of the account that ${words.plan} is for.`,
      });
    const draft = new DraftRegion(found, of.cloud.network.reserved?.subnets ?? NOTHING_KEPT);
    drafts.set(key, { draft, of });
    return draft;
  };
  const symbolOf: SymbolOf = (instance, attribute) => {
    const of = set.of(instance.type);
    const form = set.row(instance.type)?.ids?.[attribute];
    if (of === undefined || form === undefined || instance.mode === 'data' || instance.after === undefined)
      return undefined;
    const known = made.get(instance) ?? new Map<string, string | undefined>();
    made.set(instance, known);
    if (!known.has(attribute)) {
      known.set(attribute, undefined); // a circle of references ends here
      // One ID by whatever name it is asked for, and another one for another thing that is created with it.
      const hash = hashText(
        `${instance.address} ${attribute === 'arn' ? 'id' : attribute.replace('main_route', 'default_route')}`,
      );
      const id = form(viewOf(instance, 'after', of), hash);
      known.set(attribute, id);
      if (id !== undefined && set.row(instance.type)?.isNamed === true) named.add(id);
      if (id !== undefined && !/^[\d.]+$/.test(id)) symbols.set(id, nameOf(instance, attribute));
    }
    return known.get(attribute);
  };
  const references: References = plan.references(
    symbolOf,
    (type) => set.sets(type),
    (type) => set.dataSource(type),
  );
  const viewOf = (instance: Instance, when: View['when'], of: PlansOfCloud): View => {
    const { base: place } = draftOf(instance, of);
    return new View(instance, { references, words, choose, place }, when);
  };

  const notes = new Set<string>();
  const placed: Placed[] = [];
  const lost: { readonly draft: DraftRegion; readonly kind: GatewayKind; readonly what: string }[] = [];
  for (const instance of instances) {
    const of = set.of(instance.type);
    if (of === undefined || instance.mode === 'data') continue;
    const row = set.row(instance.type);
    if (row !== undefined) placed.push({ instance, row, of, draft: draftOf(instance, of) });
    else if (changeOf(instance) !== undefined) {
      const [, list, kind] = of.terraform.unlaid.find(([beginning]) => instance.type.startsWith(beginning)) ?? [];
      if (list === undefined) continue;
      const draft = draftOf(instance, of);
      if (kind === undefined) draft.gap(list, undefined, `${instance.address}, which ${words.plan} changes,`);
      else lost.push({ draft, kind, what: `${instance.address}, which ${words.plan} changes, is not judged` });
      notes.add(`${instance.address}: changes of ${instance.type} are not judged`);
    }
  }
  const ordered = placed.toSorted((a, b) => set.rank(a.instance.type) - set.rank(b.instance.type));
  const placeIn = (draft: DraftRegion): Place => ({ draft, note: (text) => void notes.add(text) });
  const unknownRoutes: UnknownRoute[] = [];
  const names = new Map<string, string>();
  const changes: LaidChange[] = [];
  const owners = new Map<string, readonly string[]>();

  const questions = new Questions<Placed>({
    placed: ordered,
    symbols,
    viewOf: ({ instance, draft }, when, certain) =>
      new View(instance, { references, words, choose: certain, place: draft.base }, when),
    changeOf: (instance) => askedAs(changeOf(instance)),
    idsOf: ({ instance, row }) =>
      row.route === undefined
        ? (owners.get(instance.address) ?? [])
        : [ifKnown(() => references.symbolOf(instance, 'id')), instance.before?.['id']].filter(
            (id): id is string => typeof id === 'string',
          ),
  });

  const attempt = (one: Placed, act: () => void): void => {
    try {
      act();
    } catch (error) {
      if (!(error instanceof UnknownAttribute)) throw error;
      unknown(one, error);
    }
  };
  const unknown = (one: Placed, error: UnknownAttribute): void => {
    const { instance, row, draft } = one;
    const what = error.said(words.later);
    if (row.breaks !== undefined && questions.of(one).some(({ finding }) => finding.verdict === 'fail')) {
      row.breaks(viewOf(instance, 'after', one.of), placeIn(draft));
      return;
    }
    if (row.route !== undefined) {
      unknownRoutes.push({ address: instance.address, isRoute: row.route === 'whole', what });
      try {
        row.lose?.(viewOf(instance, 'after', one.of), placeIn(draft), what);
      } catch (second) {
        if (!(second instanceof UnknownAttribute)) throw second;
      }
      return;
    }
    draft.gap(row.list, ownerOf(one, 'after'), `${error.address}.${error.attribute} (${error.reasons.join('; ')})`);
  };
  const ifKnown = <T>(find: () => T | undefined): T | undefined => {
    try {
      return find();
    } catch (error) {
      if (error instanceof UnknownAttribute) return undefined;
      throw error;
    }
  };
  const ownerOf = ({ instance, row, draft, of }: Placed, when: View['when']): string | undefined => {
    const view = viewOf(instance, when, of);
    return ifKnown(() => (row.isPart === true ? row.owner?.(view, draft) : view.text(row.idAttribute ?? 'id')));
  };
  const ownersOf = ({ instance, row, draft, of }: Placed): readonly string[] =>
    ifKnown(() => row.owners?.(viewOf(instance, 'after', of), draft)) ?? [];

  // What others are found by comes first: what the base lacks is laid by it, and so is what changes.
  const unindexed = new Map<Placed, UnknownAttribute[]>();
  for (const one of ordered)
    for (const when of ['before', 'after'] as const) {
      if (one.instance[when] === undefined || one.row.index === undefined) continue;
      try {
        one.row.index(viewOf(one.instance, when, one.of), placeIn(one.draft));
      } catch (error) {
        if (!(error instanceof UnknownAttribute)) throw error;
        unindexed.set(one, [...(unindexed.get(one) ?? []), error]);
      }
    }

  // What the state has and the snapshot does not is there, too: the snapshot is older, or of a part.
  const missing: string[] = [];
  for (const one of ordered) {
    const { instance, row, draft } = one;
    if (instance.before === undefined || instance.deposed) continue;
    const owner = ownerOf(one, 'before');
    if (owner === undefined || draft.inBase(row.list as IndexedList, owner)) continue;
    if (row.isPart !== true && draft.base[row.list] !== undefined) missing.push(`${instance.address} (${owner})`);
    attempt(one, () => row.add(viewOf(instance, 'before', one.of), placeIn(draft)));
  }
  if (missing.length > 0 && base.regions.length > 0) notes.add(missingNote(missing, words.plan));
  for (const { draft } of drafts.values()) draft.forgetChanges();
  for (const one of ordered.toReversed()) {
    const { instance, row, draft } = one;
    const change = changeOf(instance);
    const isGone =
      change !== undefined &&
      change !== 'create' &&
      change !== 'forget' &&
      (change !== 'update' || row.isPart === true);
    if (instance.before === undefined || !isGone || instance.lost !== undefined) continue;
    attempt(one, () => {
      const view = viewOf(instance, 'before', one.of);
      if (row.remove !== undefined) row.remove(view, placeIn(draft));
      else draft.remove(row.list as IndexedList, view.needed(row.idAttribute ?? 'id'));
    });
  }
  for (const one of ordered) {
    const { instance, row, draft } = one;
    const change = changeOf(instance);
    const owner = ownerOf(one, instance.after === undefined ? 'before' : 'after');
    const hasId = row.ids?.['id'] !== undefined && instance.after !== undefined;
    const own = hasId ? ifKnown(() => references.symbolOf(instance, 'id')) : undefined;
    // What is open of an integration concerns the routes that use it, and no other route of its gateway.
    const isOwn = row.lose !== undefined && own !== undefined;
    const several = row.owners === undefined || instance.after === undefined ? [] : ownersOf(one);
    owners.set(
      instance.address,
      [isOwn ? undefined : owner, ...several, own, instance.after?.['id']].filter(
        (id): id is string => typeof id === 'string',
      ),
    );
    for (const error of unindexed.get(one) ?? []) unknown(one, error);
    for (const when of ['before', 'after'] as const) {
      if (instance[when] === undefined) continue;
      for (const attribute of Object.keys(row.ids ?? {})) {
        const value = instance[when]?.[attribute];
        if (typeof value !== 'string' || attribute === 'private_ip') continue;
        names.set(value, instance.address);
        if (row.isNamed === true) named.add(value);
      }
    }
    if (change === undefined) continue;
    // A part that is replaced may have belonged to something else before.
    const former = instance.before === undefined ? undefined : ownerOf(one, 'before');
    const ids = [instance.before?.[row.idAttribute ?? 'id'], former, owner].filter(
      (id): id is string => typeof id === 'string',
    );
    const { address, undecided, lost } = instance;
    changes.push({ address, change, ids: [...new Set(ids)], undecided, otherwise: otherwise(one, words) });
    if (lost !== undefined) {
      unknown(one, new UnknownAttribute(address, references.nameOf(instance, []), [lost]));
      continue;
    }
    if (instance.after === undefined || instance.deposed) continue;
    attempt(one, () => row.add(viewOf(instance, 'after', one.of), placeIn(draft)));
  }
  const all = [...drafts.values()].map(({ draft }) => draft);
  for (const { draft, kind, what } of lost)
    for (const gateway of draft.all('gateways'))
      if (gateway.kind === kind && gateway.routes.length > 0) draft.loseRoutes(gateway.id, what);
  const regions = [...drafts.values()].map(({ draft, of }) =>
    completed(draft, outsidersOf(instances, of.cloud.name, set), words, of),
  );
  const kept = base.regions.filter((one) => !all.some((draft) => draft.base === one));
  const members = all.flatMap((draft) => [...draft.symbols]);
  for (const [id, address] of members) symbols.set(id, address);
  for (const [id, address] of symbols) names.set(id, address);
  return {
    snapshot: { ...base, regions: inOrder(base, [...regions, ...kept]) },
    names,
    symbols,
    words: named,
    changes: changes.map((one) => ({
      ...one,
      ids: [...one.ids, ...members.flatMap(([id, address]) => (address === one.address ? id : []))],
    })),
    broken: new Map(all.flatMap(({ broken }) => [...broken])),
    routes: new Map(all.flatMap(({ addresses }) => [...addresses])),
    owners,
    unknownRoutes,
    lostRoutes: all.flatMap((draft) => draft.lostRoutes),
    uses: new Map(all.flatMap(({ uses }) => [...uses])),
    notes: [...notes],
    refused: () => questions.all(),
  };
}

/** How the resource of a replacement is asked what the cloud refuses of it. Undefined: it stays as it is. */
function askedAs(change: Change | undefined): 'new' | 'beside' | 'changed' | undefined {
  if (change === 'create' || change === 'delete and create') return 'new';
  return change === 'create and delete' ? 'beside' : change === 'update' ? 'changed' : undefined;
}

/** What helps where a replacement cannot simply be created first: its name is taken until the old one is gone. */
function otherwise(
  { instance: { before, after }, row }: Placed,
  { createNamed }: ToolPlan['words'],
): string | undefined {
  const isNamed = typeof after?.['name'] === 'string' && after['name'] === before?.['name'];
  return row.insteadOfReplacing ?? (row.isNamedOnce === true && isNamed ? createNamed : undefined);
}

/** An account that ARNs of a region name. */
function accountIn(all: readonly Instance[], region: string): string | undefined {
  for (const { before } of all) {
    const [, place, account] = /^arn:[\w-]+:[\w-]+:([\w-]*):(\d{12}):/.exec(String(before?.['arn'] ?? '')) ?? [];
    if (place === region) return account;
  }
  return undefined;
}

/** What a state is called where it is judged without a plan. */
const STATE = 'the state';

function missingNote(missing: readonly string[], plan: string): string {
  const [first = '', ...others] = missing;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return `${first}${more}: in ${plan === STATE ? plan : `the state of ${plan}`} and not in the snapshot, so the state is used. The snapshot may be older, or of another account`;
}

/** Undefined: the plan changes nothing. */
function changeOf({ actions, deposed, before, after }: Instance): Change | undefined {
  if (deposed) return 'delete';
  const [first, second] = actions;
  if (first === 'delete' && second === 'create') return 'delete and create';
  if (first === 'create' && second === 'delete') return 'create and delete';
  if (actions.includes('create')) return 'create';
  if (actions.includes('delete')) return 'delete';
  if (actions.includes('forget')) return 'forget';
  return actions.includes('update') && before !== undefined && after !== undefined ? 'update' : undefined;
}

/** Regions in the order of the base, new ones last. */
function inOrder(base: Snapshot, regions: readonly RegionSnapshot[]): readonly RegionSnapshot[] {
  const at = ({ provider, region, account }: RegionSnapshot): number => {
    const found = base.regions.findIndex(
      (one) => one.provider === provider && one.region === region && one.account === account,
    );
    return found < 0 ? base.regions.length : found;
  };
  return regions.toSorted((a, b) => at(a) - at(b));
}

/** What flow logs show is older than the changes. */
function withoutFlows(snapshot: Snapshot): Snapshot {
  const regions = snapshot.regions.map(({ interfaces, ...region }) => ({
    ...region,
    interfaces: interfaces?.map((one) => (one.flows === undefined ? one : { ...one, flows: undefined })),
  }));
  return { ...snapshot, regions };
}
