import type { OpenMove } from '../../model/open-move.js';
import { withMembers } from '../finish-plan.js';
import type { Plan, Step, Unit } from '../plan.js';

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
  const { from, to } = move;
  return [
    `move ${move.move} from ${from.id} to ${to.id} is open (${stateText(move)}), and this plan ${[...effects].join(' and ')}: ` +
      'end the move first, with `postern migrate finish` or `postern migrate rollback`; `postern migrate status` shows where it stands',
  ];
}

function isThere({ provider, region, account }: Unit, move: OpenMove): boolean {
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
