import { defined } from '../../ground/defined.js';
import type { Members } from '../snapshot/resources/resource.js';
import type { Gap, RegionSnapshot, Snapshot } from '../snapshot/snapshot.js';
import { completeness, gapText, type SnapshotChange, itemsOf, KINDS, type Kind } from './change.js';
import { detailsOf, few, same } from './words.js';

/** One side of a comparison. */
export interface Side {
  readonly snapshot: Snapshot;
  readonly region: RegionSnapshot;
}

type Place = Pick<SnapshotChange, 'provider' | 'region' | 'account'>;

export function regionChanges(before: Side, after: Side): SnapshotChange[] {
  const { provider, region, account } = after.region;
  const place = { provider, region, account };
  return [
    ...KINDS.flatMap((kind) => listChanges(kind, before, after, place)),
    ...gapChanges(before.region.gaps, after.region.gaps, place),
    ...valueChanges(before.region, after.region, place),
  ];
}

function listChanges(kind: Kind, before: Side, after: Side, place: Place): SnapshotChange[] {
  const keyed = ({ region }: Side): Map<string, Members> =>
    new Map((itemsOf(region, kind) ?? []).map((item) => [String(item[kind.key]), item]));
  const [old, now] = [keyed(before), keyed(after)];
  const lost = new Missing(kind, after, place, 'second');
  const gained = new Missing(kind, before, place, 'first');
  const changes: SnapshotChange[] = [];
  for (const [id, item] of old) {
    const other = now.get(id);
    if (other === undefined) {
      if (!lost.explains(id)) changes.push(change(kind, 'removed', id, item, ['is gone'], kind.affectsPaths, place));
    } else if (!same(item, other)) {
      const details = detailsOf(item, other, kind);
      const paths = kind.affectsPaths && details.some((detail) => detail.paths);
      if (details.length > 0) {
        const isUnread = details.every(({ unread }) => unread === true);
        changes.push(
          change(
            kind,
            isUnread ? 'unread' : 'changed',
            id,
            other,
            details.map(({ text }) => text),
            paths,
            place,
          ),
        );
      }
    }
  }
  for (const [id, item] of now) {
    if (!old.has(id) && !gained.explains(id)) {
      changes.push(change(kind, 'added', id, item, ['is new'], kind.affectsPaths, place));
    }
  }
  return [...changes, ...lost.changes(), ...gained.changes()];
}

function change(
  kind: Kind,
  what: SnapshotChange['kind'],
  id: string,
  item: Members,
  details: readonly string[],
  paths: boolean,
  place: Place,
): SnapshotChange {
  const name = item['name'];
  const named = typeof name === 'string' && name !== '' && name !== id ? ` (${name})` : '';
  return { kind: what, paths, ...place, list: kind.list, id, subject: `${kind.noun} ${id}${named}`, details };
}

/** Resources that one side lacks and that may still exist; reported once for each reason. */
class Missing {
  readonly #ids = new Map<string, string[]>();

  constructor(
    readonly kind: Kind,
    readonly side: Side,
    readonly place: Place,
    readonly which: 'first' | 'second',
  ) {}

  /** Whether the resource may still exist on that side. */
  explains(id: string): boolean {
    const found = completeness(this.side.snapshot, this.side.region, this.kind.list, id);
    if (found.is === 'whole') return false;

    const why =
      found.is === 'partial'
        ? `is not in the ${this.which} snapshot, which holds only what was asked for`
        : found.gap === undefined
          ? `was not read for the ${this.which} snapshot`
          : `could not be read for the ${this.which} snapshot: ${gapText(found.gap)}`;
    this.#ids.set(why, [...(this.#ids.get(why) ?? []), id]);
    return true;
  }

  changes(): SnapshotChange[] {
    const { kind, place } = this;
    return [...this.#ids].map(([why, ids]) => ({
      kind: 'unread',
      paths: kind.affectsPaths,
      ...place,
      list: kind.list,
      ...(ids.length === 1 ? { id: ids[0] } : {}),
      subject: `${ids.length === 1 ? kind.noun : kind.nouns} ${few(ids)}`,
      details: [ids.length === 1 ? why : why.replace(/^is /, 'are ').replace(/^was /, 'were ')],
    }));
  }
}

/** Gaps that appeared or were filled. */
function gapChanges(before: readonly Gap[], after: readonly Gap[], place: Place): SnapshotChange[] {
  const key = ({ what, operation, of, id }: Gap): string => JSON.stringify([what, operation, of ?? null, id ?? null]);
  const change = (gap: Gap, text: string): SnapshotChange => ({
    kind: 'gap',
    paths: true,
    ...place,
    ...defined({ list: gap.of, id: gap.id }),
    subject: gap.what,
    details: [text],
  });
  const [old, now] = [new Set(before.map(key)), new Set(after.map(key))];
  return [
    ...after.filter((gap) => !old.has(key(gap))).map((gap) => change(gap, `could not be read: ${gapText(gap)}`)),
    ...before.filter((gap) => !now.has(key(gap))).map((gap) => change(gap, 'could be read this time')),
  ];
}

/** Quotas, and what only one cloud has. */
function valueChanges(before: RegionSnapshot, after: RegionSnapshot, place: Place): SnapshotChange[] {
  const values: readonly (readonly [string, Members | undefined, Members | undefined])[] = [
    ['quota', before.quotas, after.quotas],
    [`${after.provider}'s own`, before.native, after.native],
  ];
  return values.flatMap(([subject, old = {}, now = {}]) =>
    detailsOf(old, now, { isListed: subject === 'quota' }).map((detail) => ({
      kind: 'changed',
      paths: false,
      ...place,
      ...(subject === 'quota' ? { list: 'quotas' as const } : {}),
      subject,
      details: [detail.text],
    })),
  );
}
