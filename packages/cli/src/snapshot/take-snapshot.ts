import {
  InvalidInputError,
  isPosternError,
  PosternError,
  type RegionSnapshot,
  type Snapshot,
  type Spec,
} from '@postern/core/internal/library';
import { notReadTexts, observeSpec, type Elsewhere } from '@postern/core/internal/plan';
import { counted, displayText } from '@postern/core/internal/report';
import { encodeSnapshot } from '@postern/core/internal/snapshot';
import type { CommonOptions } from '../invocation.js';
import { note } from '../output/print.js';
import type { Io } from '../process/io.js';
import type { Session } from '../session/open-session.js';
import { readSnapshot } from './read-snapshot.js';

/** A snapshot, and its source. */
export interface Taken {
  readonly snapshot: Snapshot;
  /** The file as it was named; undefined: it was observed just now. */
  readonly file?: string | undefined;
}

/**
 * The current state of the resources of a spec. It is read from a snapshot file, without any call and
 * without loading an adapter. Or it is read from the clouds, in the form of a snapshot file, so that both
 * are checked alike.
 * @throws {PosternError} what reading the file, or observing, throws.
 */
export async function takeSnapshot(
  io: Io,
  spec: Spec,
  options: CommonOptions & {
    readonly snapshot?: string | undefined;
    readonly with?: readonly string[] | undefined;
    readonly flowLogs?: boolean | undefined;
    readonly region?: string | undefined;
    readonly profile?: string | undefined;
    readonly elsewhere?: Elsewhere | undefined;
  },
): Promise<Taken> {
  const { snapshot: file, region, debug, profile, flowLogs, elsewhere } = options;
  if (file !== undefined && flowLogs === true) {
    throw new InvalidInputError('INVALID_INPUT', '--flow-logs is not allowed with --snapshot', {
      remedy: 'Take the snapshot with `postern snapshot --flow-logs`: the file then has what they show.',
    });
  }
  if (file !== undefined) {
    return besideOthers(io, { snapshot: await readSnapshot(io, file, { region, profile }), file }, options.with);
  }

  const { openSession } = await import('../session/open-session.js');
  const session = await openSession(io, { debug, spec, profile, notesWaits: true });
  const taken = await observedSnapshot(spec, session, { flowLogs, elsewhere });
  for (const what of notReadTexts(taken.snapshot, elsewhere)) note(io, `not read: ${displayText(what)}`);
  if (flowLogs === true) noteFlowLogs(io, taken.snapshot);
  return besideOthers(io, taken, options.with);
}

/** Snapshots of other accounts and regions beside the first one, which links without an account are of. */
async function besideOthers(io: Io, taken: Taken, files: readonly string[] = []): Promise<Taken> {
  if (files.length === 0) return taken;

  const regions = taken.snapshot.regions.map((one) => ({ ...one, access: one.access ?? [{}] }));
  const places = new Set(regions.map(placeText));
  for (const file of files) {
    const { regions: read, takenAt } = await readSnapshot(io, file);
    const others = read.filter((one) => !places.has(placeText(one)));
    if (others.length === 0) {
      const message = `--with ${file}: it has no account and region that was not read before`;
      const remedy = 'Write a snapshot of another account or region after --with.';
      throw new InvalidInputError('INVALID_INPUT', message, { remedy });
    }

    note(io, `${others.map(placeText).join(', ')}: from ${file}, taken ${takenAt}`);
    for (const one of others) places.add(placeText(one));
    regions.push(...others.map((one) => ({ ...one, access: [] })));
  }
  return { ...taken, snapshot: { ...taken.snapshot, regions } };
}

/** What a session reads for the checks of a spec, in the form of a snapshot file, and its text. @throws {PosternError} as `observeSpec`, `BAD_DRIVER` */
export async function observedSnapshot(
  spec: Spec,
  { context, drivers }: Session,
  how: { readonly elsewhere?: Elsewhere | undefined; readonly flowLogs?: boolean | undefined } = {},
): Promise<Taken & { readonly text: string }> {
  const text = encodeSnapshot(await observeSpec(spec, drivers, context, { checks: true, ...how }));
  const { decodeSnapshot } = await import('@postern/core/internal/decode');
  try {
    return { snapshot: decodeSnapshot(text), text };
  } catch (error) {
    throw badAnswer(error, text);
  }
}

/** Says how much of the links flow logs show: without one, nothing is proven. */
export function noteFlowLogs(io: Io, { regions }: Snapshot): void {
  const own = regions.flatMap(({ interfaces = [] }) => interfaces).filter(({ linkId }) => linkId !== undefined);
  const logged = own.flatMap(({ flows }) => (flows === undefined ? [] : [flows]));
  const all = logged.flat().length;
  note(
    io,
    `flow logs: ${logged.length} of ${counted(own.length, 'interface')} of links, ${counted(all, 'destination')}`,
  );
  if (logged.length < own.length || own.length === 0) {
    note(io, 'only flow logs of AWS that send all traffic to CloudWatch Logs are read; records come some minutes late');
  }
}

/** What is wrong in a snapshot that was not a file before is wrong in what a driver answered. */
function badAnswer(error: unknown, text: string): unknown {
  if (!isPosternError(error, 'INVALID_INPUT')) return error;

  const [, at, path] = /^regions\[(\d+)\]\.(.+)$/.exec(error.place?.path ?? '') ?? [];
  const provider = (JSON.parse(text) as Snapshot).regions[Number(at)]?.provider;
  if (provider === undefined) return error;

  const what = error.message.replace(/^snapshot: /, '').replaceAll(/\bregions\[\d+\]\./g, '');
  const message = `the driver of ${provider} answered \`observe\` with a wrong value: ${what}`;
  return new PosternError('BAD_DRIVER', message, { cause: error, details: { provider, path } });
}

/** Most places that a heading names. */
const MOST_PLACES = 3;

/** `From snapshot.json, taken 2026-06-01T00:00:00.000Z: aws eu-west-1 of account 111122223333.` */
export function headingOf({ snapshot, file }: Taken): string {
  const { regions, takenAt } = snapshot;
  const places = regions.slice(0, MOST_PLACES).map(placeText);
  if (regions.length > MOST_PLACES) places.push(`${regions.length - MOST_PLACES} more`);
  const what = file === undefined ? 'Current state at' : `From ${file === '-' ? 'standard input' : file}, taken`;
  return displayText(`${what} ${takenAt}: ${places.length === 0 ? 'nothing' : places.join(', ')}`);
}

function placeText({ provider, region, account }: RegionSnapshot): string {
  return `${provider} ${region} of account ${account}`;
}
