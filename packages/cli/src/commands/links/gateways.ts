import { defined, type RegionSnapshot } from '@postern/core/internal/adapter';
import { alikeGaps, displayText, textTable } from '@postern/core/internal/report';
import { mappingsTo } from '@postern/core/internal/snapshot';
import type { Invocation } from '../../invocation.js';
import { openPlaces } from '../../links/open-place.js';
import type { PlaceOptions } from '../../links/place.js';
import { note, printJson, printLines } from '../../output/print.js';

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
  /** The custom domains that lead to it: `api.example.com/shop`. */
  readonly domains: readonly FoundDomain[];
}

/** A base path of a custom domain, and the stage that it leads to; undefined: each call names one. */
interface FoundDomain {
  readonly name: string;
  readonly path: string;
  readonly stage?: string | undefined;
}

/** What is shown. */
const LISTS: ReadonlySet<string | undefined> = new Set(['gateways', 'customDomains']);

/** `postern gateways`: every gateway of a region, or of all that the spec names, that a spec can name. */
export async function run({ io, options }: Invocation<PlaceOptions>): Promise<number> {
  const places = await openPlaces(io, options);
  const regions = await Promise.all(
    places.map(({ gate, context }) => gate.driver.observe({ allGateways: true, domains: true }, context)),
  );
  const gateways = regions.flatMap(gatewaysOf);
  const gaps = alikeGaps(regions.flatMap(({ gaps: of }) => of.filter((gap) => LISTS.has(gap.of))));
  if (options.json === true) printJson(io, { gateways, gaps });
  else if (gateways.length === 0) {
    const where = regions.map(({ provider, region, account }) => `${provider} ${region} of account ${account}`);
    printLines(io, `No gateways in ${where.join(' and ')}.`);
  } else {
    const isNamed = gateways.some(({ domains }) => domains.length > 0);
    const rows = gateways.map(({ id, name, kind, provider, region, routes, stages, domains }) =>
      [
        id,
        name,
        kind,
        provider,
        region,
        String(routes),
        stages.join(' '),
        ...(isNamed ? [domains.map((one) => `${one.name}/${one.path}`).join(' ')] : []),
      ].map(displayText),
    );
    const head = ['ID', 'NAME', 'KIND', 'CLOUD', 'REGION', 'ROUTES', 'STAGES', ...(isNamed ? ['DOMAINS'] : [])];
    printLines(io, ...textTable(head, rows, { columns: io.stdout.columns, shown: io.shown }));
  }
  for (const { what, operation, code } of gaps) note(io, `could not be read: ${what} (${operation} returned ${code})`);
  return gaps.some((gap) => gap.of === 'gateways') ? 1 : 0;
}

function gatewaysOf({ provider, region, account, gateways, customDomains = [] }: RegionSnapshot): readonly Found[] {
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
      domains: mappingsTo(customDomains, id).map(({ domain, mapping: { path, stage } }) => ({
        name: domain.id,
        path,
        ...defined({ stage }),
      })),
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1));
}
