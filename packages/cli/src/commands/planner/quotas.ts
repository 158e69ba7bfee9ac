import { counted } from '@postern/core/internal/report';
import { InvalidInputError, UnsupportedError, type Snapshot } from '@postern/core/internal/library';
import { fullQuotas, QUOTA_USES_VERSION, quotaText, quotaUses, type QuotaUse } from '@postern/core/internal/planner';
import type { QuotaRequest } from '@postern/core/internal/kinds';
import { confirm, requireAnswer } from '../../apply/confirm.js';
import type * as grammar from './grammar.js';
import type { CallOf, OptionsOf } from '../../grammar/options.js';
import type { CommonOptions } from '../../invocation.js';
import { painter } from '../../output/colors.js';
import { fitText } from '../../output/layout.js';
import { note, printJson, printLines } from '../../output/print.js';
import type { Io } from '../../process/io.js';
import { openSession } from '../../session/open-session.js';
import { readSnapshot } from '../../snapshot/read-snapshot.js';
import { cloudsOf } from '../../spec/brought-clouds.js';
import { refusePlaceBesideFolder } from '../../spec/load-spec.js';
import { headingOf } from '../../snapshot/take-snapshot.js';

type Options = OptionsOf<typeof grammar.quotas> & CommonOptions;

/** The version of what `postern quotas --request --json` prints. */
const QUOTA_REQUESTS_VERSION = 1;

/**
 * `postern quotas`: the quotas of a region or of a snapshot, the fullest first. The exit status is 3 where one is used
 * to `--watch-at` percent or more. With `--request` it requests more of a quota, or shows what was requested.
 */
export async function run({ io, options }: CallOf<typeof grammar.quotas>): Promise<number> {
  const { snapshot: file, watchAt, full, request } = options;
  if (request !== undefined) return await requestQuotas(io, options, request);

  const snapshot = file === undefined ? await observed(io, options) : await readSnapshot(io, file, options);
  const uses = quotaUses(snapshot, { clouds: await cloudsOf(io) });
  const heading = headingOf({ snapshot, file });
  if (options.json === true) {
    note(io, heading);
    printJson(io, { version: QUOTA_USES_VERSION, takenAt: snapshot.takenAt, quotas: uses });
  } else {
    const text = quotaText(uses, { watchAt, all: full, paint: painter(io) });
    io.stdout.write(`${heading}\n\n${fitText(text, io.stdout.columns)}`);
  }
  if (watchAt === undefined) return 0;

  const unknown = uses.filter(({ percent }) => percent === null).length;
  if (unknown > 0)
    note(io, `the use of ${counted(unknown, 'quota')} is not known, so it is not compared with --watch-at`);
  return fullQuotas(uses, watchAt).length > 0 ? 3 : 0;
}

async function observed(io: Io, { region, ...options }: Options): Promise<Snapshot> {
  const { observeRegions } = await import('../../snapshot/observe-cloud.js');
  await refusePlaceBesideFolder(io, { region, provider: options.provider, profile: options.profile });
  return await observeRegions(io, { ...options, region: region === undefined ? undefined : [region] });
}

/** Requests values above those that the account has, after a confirmation. A name without a value shows what was requested. */
async function requestQuotas(io: Io, options: Options, wanted: Readonly<Record<string, number>>): Promise<number> {
  const { yes, profile, debug, json } = options;
  if (options.snapshot !== undefined) {
    throw new InvalidInputError('INVALID_INPUT', '--request calls the cloud, and --snapshot does not', {
      remedy: 'Remove --snapshot, or remove --request.',
    });
  }

  const isChange = Object.values(wanted).some((value) => value > 0);
  if (isChange) requireAnswer(io, options, 'Look at `postern quotas`, then add --yes.');
  const snapshot = await observed(io, options);
  const [place] = snapshot.regions;
  if (place === undefined) throw new TypeError('a snapshot of one region has it'); // observeRegions throws otherwise

  const clouds = await cloudsOf(io);
  const uses = quotaUses(snapshot, { clouds });
  const asked = Object.entries(wanted).map(([name, value]) => ({ use: quotaNamed(uses, name), value }));
  const isNeeded = ({ use: { limit }, value }: Asked): boolean => value > (limit ?? 0);
  const raises = asked.filter(isNeeded);
  for (const { use, value } of asked.filter((one) => one.value > 0 && !isNeeded(one)))
    note(io, `${use.quota} is ${use.limit}, so ${value} is not requested`);
  if (raises.length > 0 && json !== true) {
    printLines(io, headingOf({ snapshot, file: undefined }), '', ...raises.map(raiseText), '');
    if (yes !== true && !(await confirm(`Request ${counted(raises.length, 'raise')}?`))) {
      note(io, 'nothing was requested');
      return 1;
    }
  }
  const { context, drivers } = await openSession(io, { profile, debug });
  const { quotas } = await drivers({ provider: place.provider, region: place.region, profile });
  if (quotas === undefined) throw new UnsupportedError(`${place.provider}: quotas are raised outside of Postern`);

  const rows: RequestedRow[] = [];
  for (const { use, value } of asked) {
    const quota = clouds.quota(use.provider, use.quota);
    const known = await quotas.requests(quota, context);
    const isRaise = raises.some((one) => one.use === use);
    const now = isRaise ? await quotas.request(quota, value, context) : known[0];
    rows.push({
      quota: use.quota,
      code: use.code,
      isNew: now !== undefined && !known.some(({ id }) => id === now.id),
      request: now ?? null,
    });
  }
  if (json === true) printJson(io, { version: QUOTA_REQUESTS_VERSION, requests: rows });
  else printLines(io, ...rows.map(requestText));
  const others = raises.filter(({ use, value }) =>
    rows.some((row) => row.quota === use.quota && row.request?.value !== value),
  );
  for (const { use, value } of others)
    note(io, `${value} was not requested of ${use.quota}: one request can be open at a time`);
  return others.length > 0 ? 1 : 0;
}

interface Asked {
  readonly use: QuotaUse;
  /** 0: only what was requested is shown. */
  readonly value: number;
}

interface RequestedRow {
  readonly quota: string;
  readonly code: string | null;
  /** Whether this command made it. */
  readonly isNew: boolean;
  readonly request: QuotaRequest | null;
}

/** @throws {InvalidInputError} `INVALID_INPUT`; {UnsupportedError} for one that no request raises */
function quotaNamed(uses: readonly QuotaUse[], name: string): QuotaUse {
  const found = uses.find(({ quota, code }) => quota === name || code === name);
  if (found === undefined) {
    const names = [...new Set(uses.filter(({ code }) => code !== null).map(({ quota }) => quota))].toSorted();
    throw new InvalidInputError('INVALID_INPUT', `--request: no quota is named ${JSON.stringify(name)}`, {
      remedy: `Quotas that can be requested: ${names.join(', ')}.`,
    });
  }
  if (found.adjustable && found.code !== null) return found;

  throw new UnsupportedError(`--request: no request raises ${found.quota} (${found.what})`, {
    remedy: found.adjustable
      ? 'Ask the support of the provider.'
      : `It grows with ${found.grows}: spread them over several accounts or regions.`,
  });
}

function raiseText({ use: { what, quota, code, limit }, value }: Asked): string {
  return `  ${what} (${quota}, ${code}): ${limit ?? 'unknown'} -> ${value}`;
}

function requestText({ quota, isNew, request }: RequestedRow): string {
  if (request === null) return `${quota}: nothing was requested`;

  const { value, nativeState, caseId, requestedAt } = request;
  const state = caseId === undefined ? nativeState : `${nativeState}, case ${caseId}`;
  return isNew
    ? `${quota}: requested ${value}: ${state}`
    : `${quota}: ${value} was requested on ${requestedAt?.slice(0, 10)}: ${state}`;
}
