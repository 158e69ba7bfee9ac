import { mayChange } from '../../model/marks.js';
import { MOVE_COMMANDS, SHIFT_COMMANDS, formerNames, moveText, type Move, type OpenMove } from '../../model/moves.js';
import type { Spec } from '../../spec.js';
import type { Owner } from '../../model/owner.js';
import type { Target } from '../../model/target.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { fewText } from '../../../ground/text/quantities.js';
import { nearest } from '../../../ground/text/nearest.js';
import type { Problems } from '../../world/resolve/problems.js';
import { withMembers } from '../finish-plan.js';
import type { Plan, Step, Unit } from '../plan.js';
import type { Gateway } from '../../model/gateway.js';
import { allRoutesOf } from '../removal/remove-routes.js';
import { type UnitPart, type PlanScope, unitsOf } from '../plan-scope.js';
import { otherSpecNotes } from './kept.js';
import type { IntegrationPlan } from '../plan-integration.js';
import { gatewayKeyOf } from '../../world/resolve/find-gateway.js';

/**
 * What a plan says about the renamed keys of a spec, from the marks as they are (`snapshot`): which entries have
 * been carried out, and which targets keep the former name because their cloud cannot change it. An entry of an
 * integration whose former name is misspelled is refused: `NOT_FOUND`. Where something could not be read, no
 * entry counts as carried out. Entries that are not `planned` are left out.
 */
export function movedNotes(
  spec: Spec,
  { regions }: Snapshot,
  problems: Problems,
  planned: (move: Move) => boolean = () => true,
): readonly string[] {
  const isWhole = regions.every(({ gaps, unread }) => gaps.length === 0 && unread === undefined);
  return (spec.moved ?? []).filter(planned).flatMap((move): readonly string[] => {
    const fixed = regions.flatMap(({ targets }) => targets.filter((target) => isFormerTarget(spec, move, target)));
    if (!isWhole || hasFormerName(spec, move, regions)) return fixed.length === 0 ? [] : [`${keeps(move, fixed)}`];
    if (fixed.length > 0) return [`${keeps(move, fixed)}; this spec owns it by its identity, so remove the entry`];
    if (isMisspelled(spec, move, regions, problems)) return [];

    return [`${entry(move)}: no mark has the former name; remove the entry`];
  });
}

function entry(move: Move): string {
  return `${move.path} (${moveText(move)})`;
}

function keeps(move: Move, targets: readonly Target[]): string {
  const ids = fewText(targets.map(({ id }) => id));
  return `${entry(move)}: the name and the mark of ${ids} cannot be changed, and stay`;
}

/** Whether something that a plan can mark again has the former name. */
function hasFormerName(spec: Spec, { kind, from }: Move, regions: Snapshot['regions']): boolean {
  const isFormer = ({ owner }: { readonly owner?: Owner | undefined }): boolean =>
    mayChange(owner, spec) && owner?.integration === from;
  if (kind === 'target') return false;
  if (kind === 'link')
    return regions.some(({ links }) => links.some((one) => one.state !== 'deleting' && isFormer(one)));

  const gateways = regions.flatMap((region) => region.gateways);
  return gateways.some(({ routes, integrations = [] }) => [...routes, ...integrations].some(isFormer));
}

/** Whether a target carries the former name of its integration, or its own. */
function isFormerTarget(spec: Spec, { kind, integration = '', from }: Move, { owner }: Target): boolean {
  if (owner === undefined || !mayChange(owner, spec)) return false;
  if (kind === 'integration') return owner.integration === from;

  const parents = [integration, ...formerNames(spec, 'integration', integration)];
  return kind === 'target' && owner.name === from && parents.includes(owner.integration);
}

/** Declared routes of an integration with the mark of a name that the spec does not know. */
function isMisspelled(spec: Spec, move: Move, regions: Snapshot['regions'], problems: Problems): boolean {
  const declared = move.kind === 'integration' ? spec.integrations[move.to] : undefined;
  if (declared === undefined) return false;

  const known = new Set([...Object.keys(spec.integrations), ...(spec.moved ?? []).map(({ from }) => from)]);
  const names = regions
    .flatMap(({ gateways }) => gateways)
    .filter(({ id }) => Object.values(declared.gateway).includes(id))
    .flatMap(({ routes }) => routes.filter(({ key }) => Object.hasOwn(declared.routes, key)))
    .flatMap(({ owner }) => (owner !== undefined && mayChange(owner, spec) ? [owner.integration] : []))
    .filter((name) => !known.has(name));
  if (names.length === 0) return false;

  const similar = nearest(move.from, names) ?? names[0];
  const message = `no route of this spec has the name ${move.from} in its mark`;
  const remedy = `Write integrations.${similar}, or remove the entry.`;
  problems.add('NOT_FOUND', `${move.path}.from`, message, { remedy, details: { names: [...new Set(names)] } });
  return true;
}

/**
 * A plan with a note for each open move whose links or gateways it changes. Such a plan is not refused: it may be what is meant, and
 * deletions wait for calls in flight whatever a journal shows. Its fingerprint stays.
 */
export function withOpenMoves(plan: Plan, moves: readonly OpenMove[]): Plan {
  const notes = moves.flatMap((move) => noteOf(plan, move));
  return notes.length === 0 ? plan : withMembers(plan, { notes: [...new Set([...plan.notes, ...notes])] });
}

function noteOf({ units }: Plan, move: OpenMove): readonly string[] {
  const effects = new Set(
    units.filter((unit) => isThere(unit, move)).flatMap(({ steps }) => steps.flatMap((step) => effectOf(step, move))),
  );
  if (effects.size === 0) return [];

  const { from, to, move: id, shift = false } = move;
  const noun = shift ? 'shift' : 'move';
  const { finish, rollback, status } = shift ? SHIFT_COMMANDS : MOVE_COMMANDS;
  return [
    `${noun} ${id} from ${from.id} to ${to.id} is open (${stateText(move)}), and this plan ${[...effects].join(' and ')}: end the ${noun} first, with \`postern ${finish} ${id}\` or \`postern ${rollback} ${id}\`; \`postern ${status} ${id}\` shows where it stands`,
  ];
}

/** Whether a unit of a plan is where a move is. */
export function isThere(
  { provider, region, account }: Unit,
  move: Pick<OpenMove, 'provider' | 'region' | 'account'>,
): boolean {
  return provider === move.provider && region === move.region && account === move.account;
}

function effectOf({ kind, resource, input }: Step, { from, to, gateways }: OpenMove): readonly string[] {
  const { linkRef, gatewayRef } = input as {
    readonly linkRef?: { readonly id: string } | undefined;
    readonly gatewayRef?: { readonly id: string } | undefined;
  };
  const isLink = linkRef !== undefined && [from.id, to.id].includes(linkRef.id);
  if (isLink && kind === 'delete' && resource.type === 'link') return [`deletes link ${linkRef.id}`];
  if (isLink && kind === 'revoke') return [`narrows the allowlist of link ${linkRef.id}`];

  return gatewayRef !== undefined && gateways.includes(gatewayRef.id) && CHANGES.has(kind)
    ? [`changes routes of gateway ${gatewayRef.id}`]
    : [];
}

const CHANGES: ReadonlySet<Step['kind']> = new Set<Step['kind']>(['retarget', 'delete', 'deploy']);

function stateText({ state, drainedAt }: OpenMove): string {
  return state === 'draining' && drainedAt !== undefined ? `draining until ${drainedAt}` : state;
}

/** Names in advance the options that `apply` will require. */
export function allRoutesNotes(units: readonly UnitPart[], spec: Spec): readonly string[] {
  const routes = allRoutesOf({ goal: 'apply', units: unitsOf(units) }, spec);
  if (routes.length === 0) return [];

  return [
    `the spec declares no routes, so every live route of this spec (${routes.length}) is deleted; apply needs --delete-all-routes for that`,
  ];
}

/** Names the routes of the spec's gateways that the project does not manage. */
export function foreignRouteNotes(scope: PlanScope, integrations: readonly IntegrationPlan[]): readonly string[] {
  const notes: string[] = [];
  const declared = new Map<
    string,
    { readonly gateway: Gateway; readonly keys: Set<string>; readonly leftAlone: string[] }
  >();
  for (const { resolved, leftAlone } of integrations) {
    const key = gatewayKeyOf(resolved);
    const known = declared.get(key) ?? { gateway: resolved.gateway, keys: new Set(), leftAlone: [] };
    declared.set(key, known);
    for (const key of Object.keys(resolved.spec.routes)) known.keys.add(key);
    known.leftAlone.push(...leftAlone);
  }
  for (const { gateway, keys, leftAlone } of declared.values()) {
    const foreign = gateway.routes.filter(({ key, owner }) => owner?.project !== scope.project && !keys.has(key));
    notes.push(...otherSpecNotes(scope, gateway));
    if (leftAlone.length > 0)
      notes.push(
        `gateway ${gateway.id} has declared routes that this project does not manage, and that match the spec: ${fewText(leftAlone, 5)}; they are not changed. \`adopt: true\` on their integration takes them over`,
      );
    if (foreign.length === 0) continue;

    notes.push(
      `gateway ${gateway.id} has routes that this project does not manage, and that are not changed: ${fewText(
        foreign.map(({ key }) => key),
        5,
      )}`,
    );
  }
  return notes;
}
