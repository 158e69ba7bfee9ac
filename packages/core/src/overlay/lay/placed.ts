import type { GatewayKind } from '../../do/model/gateway-kind.js';
import type { ToolPlan } from '../declared/tool-plan.js';
import type { Instance } from '../declared/values.js';
import { DraftRegion } from '../draft/draft-region.js';
import type { PlanSet } from '../rows/plan-set.js';
import type { PlansOfCloud, Row } from '../rows/plans-of-cloud.js';
import { changeOf } from './changes.js';
import type { KeptInSubnets } from '../../cidr/reserved-ranges.js';
import type { Snapshot } from '../../do/snapshot/snapshot.js';
import { InvalidInputError } from '../../ground/errors.js';
import { baseRegion, onlyRegion, type DefaultPlace } from './places.js';

/** Of a cloud that says nothing of it. */
const NOTHING_KEPT: KeptInSubnets = { first: 0, last: 0, ipv6: false, source: '' };

/** A region that is laid, and the rows of its cloud. */
interface Drafted {
  readonly draft: DraftRegion;
  readonly of: PlansOfCloud;
}

/** What regions are laid from. */
interface DraftsOf {
  readonly plan: ToolPlan;
  readonly instances: readonly Instance[];
  readonly base: Snapshot;
  readonly defaults: DefaultPlace;
}

/** The regions of a plan, each over that of the base, in the order in which resources name them. */
export class Drafts {
  readonly #drafts = new Map<string, Drafted>();

  constructor(readonly given: DraftsOf) {}

  get all(): readonly Drafted[] {
    return [...this.#drafts.values()];
  }

  /** @throws {InvalidInputError} `INVALID_INPUT` where the region of a resource is not known, or has several accounts. */
  of(instance: Instance, of: PlansOfCloud): DraftRegion {
    const { plan, instances, base, defaults } = this.given;
    const provider = of.cloud.name;
    const region = plan.regionOf(instance) ?? defaults.region ?? onlyRegion(base, provider) ?? plan.likelyRegion;
    if (region === undefined)
      throw new InvalidInputError('INVALID_INPUT', `the region of ${instance.address} is not in ${plan.words.plan}`, {
        remedy: 'Give --region.',
      });

    const key = `${provider} ${region}`;
    const drafted = this.#drafts.get(key);
    if (drafted !== undefined) return drafted.draft;

    const found = baseRegion(base, provider, region, defaults.account ?? accountIn(instances, region));
    if (found === undefined)
      throw new InvalidInputError('INVALID_INPUT', `the snapshot has ${region} of several accounts`, {
        remedy: `Take a snapshot of the account that ${plan.words.plan} is for.`,
      });

    const draft = new DraftRegion(found, of.cloud.network.reserved?.subnets ?? NOTHING_KEPT);
    this.#drafts.set(key, { draft, of });
    return draft;
  }
}

/** An account that ARNs of a region name. */
function accountIn(all: readonly Instance[], region: string): string | undefined {
  for (const { before } of all) {
    const [, place, account] = /^arn:[\w-]+:[\w-]+:([\w-]*):(\d{12}):/.exec(String(before?.['arn'] ?? '')) ?? [];
    if (place === region) return account;
  }
  return undefined;
}

/** An instance with the row of its type, and where it is. */
export interface Placed {
  readonly instance: Instance;
  readonly row: Row;
  readonly of: PlansOfCloud;
  readonly draft: DraftRegion;
}

/** A kind of gateway of a region of which it is not known where its routes lead. */
export interface LostGateways {
  readonly draft: DraftRegion;
  readonly kind: GatewayKind;
  readonly what: string;
}

/** What is placed, and of whose instances. */
interface PlacedOf {
  readonly plan: ToolPlan;
  readonly instances: readonly Instance[];
  readonly set: PlanSet;
}

/** Each instance with the row of its type, in the order in which rows are laid. A type without a row is a gap of its region. */
export function placedIn(
  { plan, instances, set }: PlacedOf,
  drafts: Drafts,
): { readonly placed: readonly Placed[]; readonly lost: readonly LostGateways[]; readonly notes: readonly string[] } {
  const placed: Placed[] = [];
  const lost: LostGateways[] = [];
  const notes: string[] = [];
  for (const instance of instances) {
    const of = set.of(instance.type);
    if (of === undefined || instance.mode === 'data') continue;

    const row = set.row(instance.type);
    if (row !== undefined) {
      placed.push({ instance, row, of, draft: drafts.of(instance, of) });
      continue;
    }

    if (changeOf(instance) === undefined) continue;

    const [, list, kind] = of.terraform.opaqueTypes.find(([beginning]) => instance.type.startsWith(beginning)) ?? [];
    if (list === undefined) continue;

    const draft = drafts.of(instance, of);
    const what = `${instance.address}, which ${plan.words.plan} changes,`;
    if (kind === undefined) draft.gap(list, undefined, what);
    else lost.push({ draft, kind, what: `${what} is not judged` });
    notes.push(`${instance.address}: changes of ${instance.type} are not judged`);
  }
  return { placed: placed.toSorted((a, b) => set.rank(a.instance.type) - set.rank(b.instance.type)), lost, notes };
}
