import type { Egress } from '@postern/core/internal/library';
import { displayText } from '@postern/core/internal/report';
import type { Invocation } from '../../invocation.js';
import { findLink, openPlace } from '../../links/open-place.js';
import type { PlaceOptions } from '../../links/place.js';
import { targetLabels } from '../../links/tables.js';
import { printJson, printLines } from '../../output/print.js';

/** `postern egress`: what to put on a backend's own allowlist, and how long it holds. */
export async function run({ io, args: [name = ''], options }: Invocation<PlaceOptions>): Promise<number> {
  const place = await openPlace(io, name, options);
  const link = await findLink(place, name);
  const egress = await place.gate.egress(link, { signal: place.context.signal });
  if (options.json === true) {
    printJson(io, egress);
    return 0;
  }

  const list = (items: readonly string[]): string => (items.length === 0 ? 'none' : items.map(displayText).join(', '));
  printLines(
    io,
    `Calls through ${displayText(link.name)} (${displayText(link.id)}) come from`,
    `  security groups  ${list(egress.securityGroupIds)}`,
    `  blocks           ${list(egress.prefixes.map((block) => withNote(block, egress)))}`,
    `  addresses        ${list(egress.addresses)} (${egress.confidence === 'candidate' ? 'candidates, ' : ''}${egress.stability})`,
  );
  for (const { subnetId, natGatewayId, addresses } of egress.publicSources ?? [])
    printLines(
      io,
      `  public addresses ${list(addresses)} (${displayText(natGatewayId)}, for ${displayText(subnetId)})`,
    );
  const targets = egress.seenBy.map(({ target }) => target);
  const labels = await targetLabels(place.gate.driver, targets, place.context);
  for (const { target, source, because } of egress.seenBy) {
    const seen = source === 'link' ? 'the link' : 'the load balancer';
    printLines(io, `${displayText(labels.get(target) ?? target)} sees ${seen}`, `  ${displayText(because)}`);
  }
  return 0;
}

function withNote(block: string, { prefixNotes = {} }: Egress): string {
  const note = Object.hasOwn(prefixNotes, block) ? prefixNotes[block] : undefined;
  return note === undefined ? block : `${block} (${note})`;
}
