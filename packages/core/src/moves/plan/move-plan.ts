import type { Json } from '../../ground/json.js';
import { list, optional, strict, type Infer } from '../../do/forms/form.js';
import { amount, optionalText, optionalTexts, strings, text, resourceId } from '../../do/forms/values.js';
import type { GroupRule } from '../../do/group-rules.js';
import { toolEdits } from '../validate/checks/owner.js';
import type { MoveUnit, ShareWriter, ShiftCaptured } from '../../do/move-driver.js';
import type { OpenFinding } from '../../do/findings/finding.js';
import type { AllowEntry } from '../../do/model/allowlist.js';
import { MOVE_COMMANDS, SHIFT_COMMANDS } from '../../do/model/moves.js';
import type { LinkRef } from '../../do/model/reference.js';
import type { RouteSettings } from '../../do/model/route.js';
import type { Target, TargetTls, TargetUse } from '../../do/model/target.js';
import type { Migration } from '../validate/migration.js';
import type { StageMigration } from '../validate/place-of-stage.js';
import type { InstanceMigration } from '../validate/validate-instance.js';
import type { Snapshot } from '../../do/snapshot/snapshot.js';
import { InvalidInputError } from '../../ground/errors.js';

/** The version of the structure of {@link MovePlan}. */
export const MOVE_PLAN_VERSION = 1;

/**
 * What is to move where: one API group, the routes of an HTTP API, a stage of a REST API, or all groups of an instance:
 * `{ from, to }`.
 */
export type MoveRequest = Migration | InstanceMigration | StageMigration | ShiftRequest;

const callShape = { method: text, url: text, headers: optional(strings) };

const sharedShape = {
  kind: text,
  id: resourceId,
  part: optionalText,
  /** Several parts with the same shares, in place of `part`: the IDs of routes. */
  parts: optionalTexts,
  /** What people call each of `parts`: the keys of the routes. */
  names: optionalTexts,
  variables: optional(strings),
};

const shiftShape = {
  provider: optionalText,
  region: optionalText,
  /**
   * What shares the calls: `{ kind: 'listener', id: ARN }`; `part` is the ARN of a rule of it. A stage of a REST API:
   * `{ kind: 'rest-api stage', id: API, part: STAGE }`, with variables that its canary overrides.
   */
  shift: strict<Infer<typeof sharedShape>>()(sharedShape),
  /** The integration, for people. */
  name: text,
  /** The new target: the name or ARN of a target group, or the ID of a deployment. */
  to: text,
  /** Its shares in percent: rising, and the last one is 100. */
  steps: list(amount),
  /** How its routes are called between the steps. `headers` are those by which their backends answer, and no cache. */
  calls: list(strict<Infer<typeof callShape>>()(callShape)),
  /** Where `calls` is empty, why each route is not called: `POST /orders: POST may change something`. No part of the ID of the move. */
  uncalled: optionalTexts,
};

/** Calls that are to change their target in steps, behind one link. `shiftRequest` makes it from a spec. */
export interface ShiftRequest extends Infer<typeof shiftShape> {}

export const shiftForm = strict<ShiftRequest>()(shiftShape);

/** Whether calls change their target, and not their link. */
export function isShift(request: MoveRequest): request is ShiftRequest {
  return 'shift' in request;
}

/** The commands that continue, return and end a move, by its plan. */
export function commandsOf({ request }: Pick<MovePlan, 'request'>) {
  return isShift(request) ? SHIFT_COMMANDS : MOVE_COMMANDS;
}

/** Something that must be allowed before the move, and that Postern adds, records, and can remove again. */
export type WidenEntry =
  | {
      readonly kind: 'allowlist';
      /** Unique in the plan: `allow 10.20.0.7/32 on apigateway-hz-2`. No code parses it. */
      readonly id: string;
      readonly link: LinkRef;
      readonly entry: AllowEntry;
    }
  | {
      readonly kind: 'group-rule';
      /** `allow ingress tcp 8080 from 10.10.0.0/24 in sg-1`. */
      readonly id: string;
      /** The link whose calls it allows. */
      readonly link: LinkRef;
      readonly rule: GroupRule;
    };

/** What must be done before the move and Postern may not or cannot do. It is done when the check no longer reports it. */
export interface MoveTodo {
  readonly check: string;
  readonly subject: string;
  /** What was found. */
  readonly message: string;
  /** What to do. */
  readonly text: string;
}

/** A test of a backend through the new link, before callers use it. */
export interface MoveProbe {
  /** Unique in the plan; the same backend of several gateways is tested once. */
  readonly id: string;
  readonly key: string;
  /** Undefined: what the route leads to after it was prepared. */
  readonly targetId?: string | undefined;
  readonly method: string;
  readonly path: string;
  /** What accepts that the test shows nothing: `migrate/probe:SUBJECT`. */
  readonly subject?: string | undefined;
  /** A route that exists for the time of the test leads to the backend. */
  readonly byRoute?: TemporaryRouteTest | undefined;
}

/** What a temporary route is made from: the route of this key, and the cloud calls it; or a target, and it is called. */
export type TemporaryRouteTest = { readonly copies: string } | CalledRouteTest;

/** What a temporary route is made from, and where callers reach it. */
export interface CalledRouteTest {
  /** The URL before its path. */
  readonly base: string;
  readonly target: Omit<Target, 'raw'>;
  readonly tls?: TargetTls | undefined;
  readonly sends: TargetUse['path'];
  readonly settings?: Pick<RouteSettings, 'host' | 'timeoutMs'> | undefined;
}

/** One of the smallest parts of a move. */
export interface PlannedUnit {
  readonly unit: MoveUnit;
  /** `shop (0f1e2d3c)`. */
  readonly name: string;
  readonly probes: readonly MoveProbe[];
  /** How callers reach it by its own public name: `base` is the URL before the path of a route. */
  readonly address?:
    { readonly base: string; readonly headers?: Readonly<Record<string, string>> | undefined } | undefined;
  /** Of a stage: the load balancer behind the old link, where its methods call one. A return is judged by it. */
  readonly formerBalancer?: string | undefined;
}

/** What a move does, in which order, and what must be done first. Plain JSON without secrets. */
export interface MovePlan {
  readonly version: typeof MOVE_PLAN_VERSION;
  readonly kind: 'move';
  /** The same for the same request in the same account and region. */
  readonly move: string;
  readonly request: MoveRequest;
  /** The groups whose rules may be widened. */
  readonly manage: readonly string[];
  /** ISO 8601. */
  readonly takenAt: string;
  readonly provider: string;
  readonly region: string;
  readonly account: string;
  readonly from: LinkRef;
  readonly to: LinkRef;
  /** In the order in which they move. */
  readonly units: readonly PlannedUnit[];
  readonly widen: readonly WidenEntry[];
  readonly todos: readonly MoveTodo[];
  /** Errors that are undecided and were not accepted: the move must not start. */
  readonly undecided: readonly OpenFinding[];
  /** All that validation reports and that did not pass, after what `widen` adds. */
  readonly findings: readonly OpenFinding[];
  /** What callers may notice, and what cannot be undone. One sentence each. */
  readonly notes: readonly string[];
  /** Of a shift: what else writes its shares. A run refuses it, unless that is accepted. */
  readonly writers?: readonly ShareWriter[] | undefined;
  /** Of each unit by its ID, in a plan that is saved: the state to return to where the journal is lost. No secrets. */
  readonly captured?: Readonly<Record<string, Json>> | undefined;
  /** Of all other members: an edited plan is refused. */
  readonly fingerprint: string;
}

/** A plan as it is computed: its move has no ID yet. */
export type DraftMovePlan = Omit<MovePlan, 'move' | 'fingerprint'>;

/** The shares that a shift gives, in percent: rising. A part that has more already is given the later ones. */
export function shiftSteps({ units }: Pick<MovePlan, 'units'>): readonly number[] {
  return [...new Set(units.flatMap(({ unit }) => unit.shift?.steps ?? []))].toSorted((a, b) => a - b);
}

/** The edits for Terraform, Pulumi, ROS, CloudFormation and specs: without them, their next run undoes the move. */
export function editsOf(plan: Pick<MovePlan, 'findings' | 'request' | 'captured' | 'from' | 'to'>): readonly string[] {
  const { findings, request } = plan;
  if (isShift(request)) return editsOfShift(plan, request);

  const edits = findings.filter(({ verdict }) => verdict === 'fail').flatMap((one) => toolEdits([one]));
  return [...new Set(edits.map(({ kind, id, lines }) => `${kind} ${id}: ${lines.join('; ')}`))];
}

/** A spec names the services of routes. It names listeners and stages, and what these give the calls to is not in it. */
function editsOfShift(
  { captured = {}, from, to }: Pick<MovePlan, 'captured' | 'from' | 'to'>,
  { name }: ShiftRequest,
): readonly string[] {
  const [first] = Object.values(captured) as readonly unknown[] as readonly ShiftCaptured[];
  if (first?.kind !== 'service') return [];

  return [`spec integrations.${name}: the target is ${to.id} (${first.to.id}), and was ${from.id}`];
}

/** A request by what it names. */
export type SortedRequest =
  | { readonly is: 'gateway'; readonly migration: Migration }
  | { readonly is: 'stage'; readonly migration: StageMigration }
  | { readonly is: 'instance'; readonly migration: InstanceMigration };

/**
 * What a request names: a group or routes, a stage, or all groups of an instance.
 * @throws {InvalidInputError} `INVALID_INPUT` for a shift, which has no other link
 */
export function sortRequest(request: MoveRequest): SortedRequest {
  if (isShift(request)) {
    throw new InvalidInputError('INVALID_INPUT', `the shift of ${request.name} does not move to another link`, {
      remedy: 'Plan it with `planShift`, or with `Moves.plan`.',
    });
  }
  if ('stage' in request) return { is: 'stage', migration: request };

  return 'group' in request || 'api' in request
    ? { is: 'gateway', migration: request }
    : { is: 'instance', migration: request };
}

/** The ID of the link that a name means; the text itself where no link has that name. */
export type LinkIdOf = (name: string) => Promise<string> | string;

/** A request with IDs in place of the names of links; the same object where it names links by their IDs. */
export function withLinkIds(request: MoveRequest, idOf: (name: string) => string): MoveRequest {
  const from = 'from' in request ? request.from : undefined;
  const ids = { to: idOf(request.to), ...(from === undefined ? {} : { from: idOf(from) }) };
  return ids.to === request.to && ids.from === from ? request : { ...request, ...ids };
}

/** IDs from a snapshot. @throws {InvalidInputError} `AMBIGUOUS` where several links have the name. */
export function linkIdsIn({ regions }: Pick<Snapshot, 'regions'>): (name: string) => string {
  const links = regions.flatMap((region) => region.links);
  return (name) => {
    if (links.some(({ id }) => id === name)) return name;

    const ids = links.filter((link) => link.name === name).map(({ id }) => id);
    if (ids.length > 1) {
      throw new InvalidInputError('AMBIGUOUS', `${name} matches several links: ${ids.join(', ')}`, {
        remedy: 'Write the ID of the intended link.',
      });
    }

    return ids[0] ?? name;
  };
}
