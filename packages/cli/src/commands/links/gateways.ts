import type { RegionSnapshot } from '@postern/core';
import { alikeGaps, displayText } from '@postern/core/report';
import type { Invocation } from '../../invocation.js';
import { openPlaces } from '../../links/open-place.js';
import type { PlaceOptions } from '../../links/place.js';
import { note, printJson, printLines } from '../../output/print.js';
import { table } from '../../output/table.js';

/** A gateway, and where it is. */
interface Found {
  readonly provider: string;
  readonly region: string;
  readonly account: string;
  readonly kind: string;
  readonly id: string;
  readonly name: string;
  readonly stages: readonly string[];
  readonly routes: number;
}

/** `postern gateways`: every gateway of a region, or of all that the spec names, that a spec can name. */
export async function run({ io, options }: Invocation<PlaceOptions>): Promise<number> {
  const places = await openPlaces(io, options);
  const regions = await Promise.all(
    places.map(({ gate, context }) => gate.driver.observe({ allGateways: true }, context)),
  );
  const gateways = regions.flatMap(gatewaysOf);
  const gaps = alikeGaps(regions.flatMap(({ gaps: of }) => of.filter((gap) => gap.of === 'gateways')));
  if (options.json === true) printJson(io, { gateways, gaps });
  else if (gateways.length === 0) {
    const where = regions.map(({ provider, region, account }) => `${provider} ${region} of account ${account}`);
    printLines(io, `No gateways in ${where.join(' and ')}.`);
  } else {
    const rows = gateways.map(({ id, name, kind, provider, region, routes, stages }) =>
      [id, name, kind, provider, region, String(routes), stages.join(' ')].map(displayText),
    );
    const head = ['ID', 'NAME', 'KIND', 'CLOUD', 'REGION', 'ROUTES', 'STAGES'];
    printLines(io, ...table(head, rows, { columns: io.stdout.columns, shown: io.shown }));
  }
  for (const { what, operation, code } of gaps) note(io, `could not be read: ${what} (${operation} returned ${code})`);
  return gaps.length > 0 ? 1 : 0;
}

function gatewaysOf({ provider, region, account, gateways }: RegionSnapshot): readonly Found[] {
  return gateways
    .map(({ kind, id, name, stages, routes }) => ({
      provider,
      region,
      account,
      kind,
      id,
      name,
      stages: stages.map((stage) => stage.name),
      routes: routes.length,
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1));
}
