import { displayText, type Link } from '@postern/core';
import { findLink, openPlace, type PlaceOptions } from '../find-link.js';
import type { Invocation } from '../io.js';
import { printJson, printLines, table } from '../output.js';

interface Options extends PlaceOptions {
  readonly uses?: boolean | undefined;
}

/** `postern links`: every link of a region; with an id, that one; with `--uses`, all that would break without it. */
export async function run({ io, args: [name], options }: Invocation<Options>): Promise<number> {
  const place = await openPlace(io, name, options);
  const { gate, context } = place;
  const call = { signal: context.signal };
  const links: Link[] = [];
  if (name === undefined) for await (const link of gate.links(call)) links.push(link);
  else links.push(await findLink(place, name));

  if (options.uses !== true) {
    if (options.json === true) printJson(io, { links });
    else if (links.length === 0) printLines(io, `There is no link in ${gate.driver.region}.`);
    else printLines(io, ...table(['ID', 'NAME', 'STATE', 'OWNER', 'NETWORK', 'SUBNETS'], links.map(row)));
    return 0;
  }
  const uses = [];
  for (const link of links) uses.push({ link, uses: await gate.usesOf(link, call) });
  if (options.json === true) {
    printJson(io, { links: uses.map(({ link, uses: of }) => ({ id: link.id, name: link.name, uses: of })) });
    return 0;
  }
  for (const { link, uses: of } of uses) {
    printLines(io, `${displayText(link.id)} (${displayText(link.name)})${of.length === 0 ? ': nobody uses it' : ''}`);
    if (of.length === 0) continue;
    const rows = of.flatMap(({ gateway, routeKeys, integrationId = '', targetId = '' }) =>
      (routeKeys.length === 0 ? ['(no route)'] : routeKeys).map((key) =>
        [gateway.id, gateway.name, key, integrationId, targetId].map(displayText),
      ),
    );
    printLines(io, ...table(['API', 'NAME', 'ROUTE', 'INTEGRATION', 'TARGET'], rows));
  }
  return 0;
}

function row(link: Link): string[] {
  const owner = link.owner ? `${link.owner.project}/${link.owner.integration}` : '';
  const state = link.state === 'ready' ? 'ready' : `${link.state} (${link.nativeState})`;
  return [link.id, link.name, state, owner, link.networkId ?? '', link.subnetIds.join(' ')].map(displayText);
}
