import { oneOf, type Infer } from '../forms/form.js';
import { optionalText, text } from '../forms/values.js';
import { entryOf } from '../../ground/json.js';
import type { LinkRef } from './reference.js';
import type { Link } from './link.js';

export const moveShape = {
  kind: oneOf('link', 'integration', 'target'),
  /** Of a target: the integration that declares it, by its key now. */
  integration: optionalText,
  from: text,
  /** The key now, also where it was renamed several times. */
  to: text,
  /** The entry in the spec: `moved[0]`. */
  path: text,
};

/** A key of the spec that was renamed: what carries the former name in its mark is the thing with the new one. */
export interface Move extends Infer<typeof moveShape> {}

/** What a spec declares by a key, and marks name by it. */
export type MovedKind = Move['kind'];

/** The keys that a link, an integration, or a target of `integration` had in this spec before. */
export function formerNames(
  { moved = [] }: { readonly moved?: readonly Move[] | undefined },
  kind: MovedKind,
  name: string,
  integration?: string,
): readonly string[] {
  return moved
    .filter((move) => move.kind === kind && move.to === name && move.integration === integration)
    .map(({ from }) => from);
}

/** The entry of a spec as text: `links.orders → links.orders-eu`. */
export function moveText({ kind, integration, from, to }: Move): string {
  const parent = kind === 'target' ? `integrations.${integration}.targets` : `${kind}s`;
  return `${parent}.${from} → ${parent}.${to}`;
}

/** A move of gateways that was begun and has not ended, as a journal shows it. Plain JSON. */
export interface OpenMove {
  /** The ID of the move. */
  readonly move: string;
  readonly provider: string;
  readonly region: string;
  readonly account: string;
  readonly from: LinkRef;
  readonly to: LinkRef;
  /** The IDs of the gateways of which something moves. */
  readonly gateways: readonly string[];
  /** It changes what gets calls, and not their link: `from` and `to` are targets. */
  readonly shift?: true | undefined;
  /** `open`: the run has not come to its drain. */
  readonly state: 'open' | 'draining' | 'drained' | 'aborted' | 'returning';
  /** ISO 8601: until then calls may use the link that they left, as far as a drain was begun. */
  readonly drainedAt?: string | undefined;
}

/** What `postern` is called with, by what it does to a move. */
type MoveCommands = Readonly<Record<'status' | 'run' | 'rollback' | 'finish' | 'abort' | 'leave', string>>;

/** Of moves to another link. */
export const MOVE_COMMANDS: MoveCommands = {
  status: 'migrate status',
  run: 'migrate run',
  rollback: 'migrate rollback',
  finish: 'migrate finish',
  abort: 'migrate abort',
  leave: 'migrate leave',
};

/** Of shifts to another target. A shift that is aborted returns its shares; a move that is aborted stays where it stands. */
export const SHIFT_COMMANDS: MoveCommands = {
  status: 'shift status',
  run: 'shift run',
  rollback: 'shift abort',
  finish: 'shift promote',
  abort: 'shift abort',
  leave: 'shift leave',
};

/**
 * The tag of a link that no caller uses: since when, and how long calls that came before may be in flight, as an interval
 * of ISO 8601: `2026-11-23T15:42:59.000Z/PT35S`. The characters are those of a tag value of both clouds:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-tagging-supported.html
 */
export const UNUSED_TAG = 'postern:unused-since';

/** What the tag says. */
export interface UnusedMark {
  /** When the last caller left, in milliseconds since the epoch, by the cloud's clock. */
  readonly sinceMs: number;
  readonly waitMs: number;
}

const MARK = /^(\d{4}-\d{2}-\d{2}T[\d:.]{8,12}Z)\/PT(\d{1,6})S$/;

/** The value of {@link UNUSED_TAG}. `sinceMs` is the latest instant that it may be now for the cloud. */
export function formatUnused(sinceMs: number, waitMs: number): string {
  return `${new Date(sinceMs).toISOString()}/PT${Math.ceil(waitMs / 1_000)}S`;
}

/**
 * Reads what {@link formatUnused} wrote; undefined for anything else, and for what cannot be true: nothing left the link before it was
 * created. Only own members count: tags come from outside.
 */
export function unusedMark({ tags, createdAt = '' }: Pick<Link, 'tags' | 'createdAt'>): UnusedMark | undefined {
  const text = entryOf(tags, UNUSED_TAG);
  const [, since = '', seconds = ''] = MARK.exec(text ?? '') ?? [];
  const sinceMs = Date.parse(since);
  if (Number.isNaN(sinceMs) || sinceMs < Date.parse(createdAt)) return undefined;

  return { sinceMs, waitMs: Number(seconds) * 1_000 };
}

/** After this time the mark proves nothing: something that does not write it may have used the link in between. */
const EVIDENCE_MS = 3_600_000;

/**
 * How long a deletion of a link without callers waits, in milliseconds: `fullMs`, less what has certainly passed since its
 * mark. `nowMs` is the earliest time that it may be by the cloud's clock, as that of the mark is the latest; NaN where it is not
 * known. A mark of the future or older than an hour shortens nothing.
 */
export function restOfDrain(mark: UnusedMark | undefined, fullMs: number, nowMs: number): number {
  if (mark === undefined) return fullMs;

  const waitMs = Math.max(fullMs, mark.waitMs);
  const ageMs = nowMs - mark.sinceMs;
  return ageMs >= 0 && ageMs <= EVIDENCE_MS ? Math.max(0, waitMs - ageMs) : waitMs;
}
