import { cloudNow, type Link } from '@postern/core/internal/adapter';
import { displayText } from '@postern/core/internal/report';
import { withoutSecretMembers } from '@postern/core/internal/snapshot';
import type * as grammar from './grammar.js';
import type { CallOf } from '../../grammar/options.js';
import type { CommonOptions } from '../../invocation.js';
import { failureLines, linkTable, useTable, targetLabels } from '../../links/tables.js';
import { retirementLines, retirements } from '../../links/retirements.js';
import { findLink, openPlace, openPlaces } from '../../links/open-place.js';
import type { OpenPlace } from '../../links/place.js';
import { spareLines } from '../../links/allowlist.js';
import { printJson, printLines } from '../../output/print.js';
import type { Io } from '../../process/io.js';

/** A link, and where it is. */
interface Found {
  readonly link: Link;
  readonly place: OpenPlace;
}

/**
 * `postern links`: every link of a region, or of all that the spec names; with an id, that one; with
 * `--uses`, all that would break without it.
 */
export async function run({ io, args: [name], options }: CallOf<typeof grammar.links>): Promise<number> {
  const places = name === undefined ? await openPlaces(io, options) : [await openPlace(io, name, options)];
  const found: Found[] = [];
  for (const place of places) {
    if (name !== undefined) found.push({ link: await findLink(place, name), place });
    else for await (const link of place.gate.links({ signal: place.context.signal })) found.push({ link, place });
  }
  if (options.uses === true && (options.json === true || found.length > 0)) return showUses(io, found, options);

  const concerned = places.filter((one) => found.some(({ place }) => place === one));
  const ends = concerned.flatMap(({ gate: { driver }, context }) =>
    retirements(driver, cloudNow(context)?.earliestMs ?? context.clock.now()),
  );
  if (options.json === true) {
    const links = found.map(({ link, place }) => {
      const { provider, region } = place.gate.driver;
      return withoutSecretMembers({ provider, region, ...link });
    });
    printJson(io, ends.length === 0 ? { links } : { links, retirement: ends });
    return 0;
  }

  const tableOptions = { columns: io.stdout.columns, shown: io.shown };
  const regions = places.map(({ gate }) => gate.driver.region).join(' and ');
  if (found.length === 0) printLines(io, `No links in ${regions}.`);
  else
    printLines(
      io,
      ...linkTable(
        found.map(({ link, place }) => ({ link, ...place.gate.driver })),
        tableOptions,
      ),
    );
  for (const { gate } of places) {
    const here = found.filter(({ place }) => place.gate === gate).map(({ link }) => link);
    printLines(io, ...failureLines(here), ...spareLines(here, (kind) => gate.driver.traits(kind)));
  }
  printLines(io, ...retirementLines(ends));
  return 0;
}

async function showUses(io: Io, found: readonly Found[], { json }: CommonOptions): Promise<number> {
  const uses = [];
  for (const { link, place } of found) {
    uses.push({ link, place, uses: await place.gate.usesOf(link, { signal: place.context.signal }) });
  }
  if (json === true) {
    printJson(io, { links: uses.map(({ link: { id, kind, name }, uses: of }) => ({ id, kind, name, uses: of })) });
    return 0;
  }

  const tableOptions = { columns: io.stdout.columns, shown: io.shown };
  for (const { link, place, uses: of } of uses) {
    printLines(io, `${displayText(link.id)} (${displayText(link.name)})${of.length === 0 ? ': no route uses it' : ''}`);
    if (of.length === 0) continue;

    const targets = of.flatMap((use) => use.targetId ?? []);
    printLines(io, ...useTable(of, await targetLabels(place.gate.driver, targets, place.context), tableOptions));
  }
  return 0;
}
