import type { RegionSnapshot } from '@postern/core/internal/library';
import { observeSpec } from '@postern/core/internal/plan';
import { alikeGaps, displayText, textTable } from '@postern/core/internal/report';
import { printError } from '../../errors/print-error.js';
import type * as grammar from './grammar.js';
import type { CallOf } from '../../grammar/options.js';
import { ownedBy, type Owned } from './owned.js';
import { note, printJson, printLines } from '../../output/print.js';
import type { Io } from '../../process/io.js';
import { openSession } from '../../session/open-session.js';
import { loadSpec } from '../../spec/load-spec.js';
import { elsewhereOf } from '../../apply/elsewhere.js';

/** The version of what `list --json` prints. */
const LIST_VERSION = 1;

/** `postern list`: the resources with the mark of the spec, also those that it no longer declares. Exit status 1 where a region could not be read. */
export async function run({ io, args: [file], options }: CallOf<typeof grammar.list>): Promise<number> {
  const loaded = await loadSpec(file, io, options);
  const { spec } = loaded;
  const { context, drivers } = await openSession(io, { ...options, spec, notesWaits: true });
  const { regions, ...snapshot } = await observeSpec(spec, drivers, context, {
    all: true,
    domains: true,
    elsewhere: await elsewhereOf(loaded, options),
  });
  const owned = ownedBy(spec, { ...snapshot, regions }).filter((one) => options.undeclared !== true || !one.declared);
  const { project, spec: identity } = spec;
  const gaps = alikeGaps(regions.flatMap(({ gaps: of, unread }) => (unread === undefined ? of : [])));
  if (options.json === true) printJson(io, { version: LIST_VERSION, project, spec: identity, owned, gaps });
  else if (owned.length > 0) printLines(io, ...tableOf(owned, io));
  else {
    const who = `${project} (${identity})`;
    const what = options.undeclared === true ? 'resource that the spec does not declare' : 'resource';
    printLines(io, displayText(`Project ${who} owns no ${what} in ${placesText(regions)}.`));
  }
  for (const { what, operation, code } of gaps) note(io, `could not be read: ${what} (${operation} returned ${code})`);
  return printUnread(io, regions) ? 1 : 0;
}

const HEAD = ['KIND', 'NAME', 'STATE', 'DECLARED', 'ID', 'WHERE'];

function tableOf(owned: readonly Owned[], io: Io): readonly string[] {
  const rows = owned.map(({ kind, name, state = '', declared, id, ...where }) =>
    [kind, name, state, declared ? 'yes' : 'no', id, whereText(where)].map(displayText),
  );
  return textTable(HEAD, rows, { columns: io.stdout.columns, shown: io.shown });
}

function whereText({
  provider,
  region,
  gateway,
  routeKey,
}: Pick<Owned, 'provider' | 'region' | 'gateway' | 'routeKey'>) {
  const place = `${provider} ${region}`;
  if (gateway === undefined) return place;

  return `${place} ${gateway.id} (${gateway.name})${routeKey === undefined ? '' : `: ${routeKey}`}`;
}

function placesText(regions: readonly RegionSnapshot[]): string {
  if (regions.length === 0) return 'the regions of the spec: it names none';

  return regions.map(({ provider, region }) => `${provider} ${region}`).join(' and ');
}

function printUnread(io: Io, regions: readonly RegionSnapshot[]): boolean {
  const unread = regions.filter((one) => one.unread !== undefined);
  for (const { provider, region, account, unread: why } of unread) {
    const { code = 'CLOUD_FAILED', message = '', remedy } = why ?? {};
    printError(io, {
      code,
      message: `${provider} ${region} of account ${account} could not be read: ${message}`,
      remedy,
    });
  }
  return unread.length > 0;
}
