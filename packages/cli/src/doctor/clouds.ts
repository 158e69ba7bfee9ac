import {
  isPosternError,
  type DriverPlace,
  type Identity,
  type RegionSnapshot,
  type Snapshot,
  type Spec,
  type Unit,
} from '@postern/core/internal/library';
import { cloudNow, type Clouds } from '@postern/core/internal/adapter';
import { diff, observeSpec } from '@postern/core/internal/plan';
import { lengthOfTime } from '@postern/core/internal/report';
import type { WritePermission } from '@postern/core/internal/snapshot';
import type { Session } from '../session/open-session.js';
import type { Line } from './lines.js';

/** What is found by calls that change nothing: whose the credentials are, the time, and what they are allowed to read. */
export async function cloudLines(
  session: Session,
  places: readonly DriverPlace[],
  spec: Spec | undefined,
  clouds: Clouds,
): Promise<readonly Line[]> {
  const known = await Promise.all(places.map((place) => identityLine(session, place)));
  const reached = known.flatMap(({ identity }, at) => (identity === undefined ? [] : (places[at] ?? [])));
  const lines = [...known.map(({ line }) => line), ...clockLine(session)];
  if (spec === undefined || reached.length === 0) return lines;

  const { lines: reading, snapshot } = await readingLines(session, spec, reached);
  return [...lines, ...reading, ...(await applyingLines(known, snapshot && changesOf(snapshot, spec, clouds), clouds))];
}

interface Known {
  readonly place: DriverPlace;
  readonly line: Line;
  readonly identity?: Identity | undefined;
}

/** A cloud that says not by then whose the credentials are is not reached, in milliseconds. */
const LONGEST_MS = 18_000;

async function identityLine({ drivers, context }: Session, place: DriverPlace): Promise<Known> {
  const what = 'credentials';
  const of = nameOf(place);
  const late = AbortSignal.timeout(LONGEST_MS);
  try {
    const driver = await drivers(place);
    const identity = await driver.identity({
      ...context,
      signal: context.signal ? AbortSignal.any([context.signal, late]) : late,
      onRetry: (retry) => (retry.elapsedMs + retry.delayMs > LONGEST_MS ? false : context.onRetry?.(retry)),
    });
    const { account, arn } = identity;
    const message = `${arn ?? 'the caller'} of account ${account}`;
    return { place, identity, line: { what, of, status: 'ok', message, details: { account, arn } } };
  } catch (error) {
    if (!late.aborted) return { place, line: failedLine(what, of, error) };

    const message = `no answer came within ${lengthOfTime(LONGEST_MS)}`;
    const remedy = 'Check the network, the endpoint and the region, and run again.';
    return { place, line: { what, of, status: 'failed', message, remedy, details: { code: 'ENDPOINT_UNREACHABLE' } } };
  }
}

function failedLine(what: string, of: string, error: unknown): Line {
  if (!isPosternError(error)) throw error;

  const { code, message, remedy } = error;
  return { what, of, status: 'failed', message, remedy, details: { code } };
}

/** Up to this a clock is right enough for what is compared with the cloud's. Signatures are valid for five minutes and more. */
const MOST_SKEW_MS = 60_000;

function clockLine({ context, simulator }: Session): readonly Line[] {
  const cloud = cloudNow(context);
  if (cloud === undefined) return [];

  const now = context.clock.now();
  const skewMs = now < cloud.earliestMs ? now - cloud.earliestMs : Math.max(0, now - cloud.latestMs);
  const what = 'clock';
  const details = { skewMs };
  if (simulator !== undefined) return [{ what, status: 'ok', message: "the simulator's is used", details }];

  const text = `${lengthOfTime(Math.abs(skewMs))} ${skewMs < 0 ? 'behind' : 'ahead of'} the cloud's`;
  if (Math.abs(skewMs) <= MOST_SKEW_MS) {
    const message = skewMs === 0 ? "agrees with the cloud's" : `this machine's is ${text}`;
    return [{ what, status: 'ok', message, details }];
  }

  const remedy = "Set this machine's clock, for example by NTP. Signatures are refused from five minutes on.";
  return [{ what, status: 'warning', message: `this machine's is ${text}`, remedy, details }];
}

/** Reads what `check` reads, and reports what was refused. */
async function readingLines(
  { drivers, context }: Session,
  spec: Spec,
  reached: readonly DriverPlace[],
): Promise<{ readonly lines: readonly Line[]; readonly snapshot?: Snapshot }> {
  const isReached = ({ provider, region }: RegionSnapshot): boolean =>
    reached.some((place) => place.provider === provider && place.region === region);
  try {
    const snapshot = await observeSpec(spec, drivers, context, { checks: true });
    return { lines: snapshot.regions.filter(isReached).flatMap(readingLine), snapshot };
  } catch (error) {
    return { lines: [failedLine('reading', reached.map(nameOf).join(' and '), error)] };
  }
}

/** What `apply` would change. Undefined: a part could not be read, or the plan is refused. */
function changesOf(snapshot: Snapshot, spec: Spec, clouds: Clouds): readonly Unit[] | undefined {
  try {
    const { units, unread } = diff(snapshot, spec, { clouds });
    return unread === undefined ? units : undefined;
  } catch (error) {
    if (!isPosternError(error)) throw error;

    return undefined;
  }
}

function readingLine(region: RegionSnapshot): readonly Line[] {
  const what = 'reading';
  const of = nameOf(region);
  if (region.unread !== undefined) {
    const { code, message, remedy } = region.unread;
    return [{ what, of, status: 'failed', message, remedy, details: { code } }];
  }

  const denied = region.gaps.filter(({ code }) => code === 'PERMISSION_DENIED');
  const others = region.gaps.filter(({ code }) => code !== 'PERMISSION_DENIED');
  const lines: Line[] = [];
  if (denied.length > 0) {
    const permissions = [...new Set(denied.map(({ permission, operation }) => permission ?? operation))].sort();
    lines.push({
      what,
      of,
      status: 'failed',
      message: `not allowed: ${permissions.join(', ')}`,
      remedy: `Allow them. \`postern snapshot --policy --provider ${region.provider}\` prints the whole policy.`,
      details: { permissions },
    });
  }
  if (others.length > 0) {
    const reads = [...new Set(others.map(({ operation, code }) => `${operation} (${code})`))].sort();
    const message = `not read: ${reads.join(', ')}`;
    lines.push({ what, of, status: 'warning', message, remedy: 'Run the command again; --debug shows each call.' });
  }
  return lines.length > 0
    ? lines
    : [{ what, of, status: 'ok', message: 'all that check and plan read for the spec is allowed' }];
}

/** Whether a change is allowed is only known once it is made, so this lists what the plan needs. */
async function applyingLines(
  known: readonly Known[],
  changes: readonly Unit[] | undefined,
  clouds: Clouds,
): Promise<readonly Line[]> {
  const providers = new Set(known.flatMap(({ place, identity }) => (identity === undefined ? [] : [place.provider])));
  const applyingLine = async (provider: string): Promise<Line> => {
    const what = 'applying';
    const { write, isRoot = () => false } = (await clouds.named(provider)?.loadPermissions?.()) ?? {};
    const mayAll = known.every(
      ({ place, identity }) => place.provider !== provider || identity === undefined || isRoot(identity.arn ?? ''),
    );
    const units = changes?.filter((unit) => unit.provider === provider);
    const permissions = permissionsFor(write ?? [], units);
    const details = { permissions };
    if (units?.length === 0) {
      const message = 'the plan has no changes, so that nothing has to be allowed now';
      return { what, of: provider, status: 'ok', message, details };
    }
    if (mayAll) return { what, of: provider, status: 'ok', message: 'a root user is allowed everything', details };

    const needing = units === undefined ? 'a plan may need' : 'this plan may need';
    return {
      what,
      of: provider,
      status: 'warning',
      message: 'unknown: the cloud allows or refuses a change only when it is made',
      remedy:
        write === undefined
          ? 'See what the documentation of the package that brings the cloud has allowed.'
          : `Allow what ${needing}: ${permissions.join(', ')}.`,
      details,
    };
  };
  return Promise.all([...providers].map(applyingLine));
}

/** Some actions are needed only where an allowlist changes. */
function permissionsFor(write: readonly WritePermission[], units: readonly Unit[] | undefined): readonly string[] {
  const steps = units?.flatMap((unit) => unit.steps);
  const hasAllowlist =
    steps === undefined ||
    steps.some(
      ({ resource, changes }) => resource.type === 'allowlist' || changes?.some(({ field }) => field === 'allowlist'),
    );
  const isNeeded = ({ ofAllowlist, ofShift }: WritePermission): boolean =>
    ofShift !== true && (hasAllowlist || ofAllowlist !== true);
  const needed = steps?.length === 0 ? [] : write.filter(isNeeded);
  return needed.map(({ action }) => action);
}

function nameOf({
  provider,
  region,
  account,
}: {
  readonly provider: string;
  readonly region: string;
  readonly account?: string | undefined;
}): string {
  return [provider, region, ...(account === undefined ? [] : [account])].join(' ');
}
