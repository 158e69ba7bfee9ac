import { UnsupportedError } from '@postern/core';
import type { Invocation } from '../invocation.js';
import { printJson } from '../output/print.js';
import { findLink } from './find-link.js';
import { openPlace } from './open-place.js';
import type { PlaceOptions } from './place.js';
import { printAllowlist } from './print-allowlist.js';

/** `postern allow LINK --list`: what a link may reach, or who may call its load balancer, and with `resources` the resources there. */
export async function listAllowlist(
  { io, args: [name = ''], options }: Invocation<PlaceOptions>,
  withResources: boolean,
): Promise<number> {
  const place = await openPlace(io, name, options);
  const { gate, context } = place;
  const link = await findLink(place, name);
  const { allowlist, provider } = gate.driver;
  if (withResources && allowlist.resources === undefined) {
    throw new UnsupportedError(`the adapter for ${provider} cannot list the resources inside a block`, {
      remedy: 'Remove --resources.',
    });
  }
  const list = await allowlist.read(link, context);
  const resources = withResources ? ((await allowlist.resources?.(link, context)) ?? []) : undefined;
  if (options.json === true) {
    printJson(io, {
      linkId: link.id,
      owned: list.owned,
      entries: list.entries,
      wider: list.wider,
      unmanaged: list.unmanaged ?? [],
      filter: list.filter,
      resources,
    });
    return 0;
  }
  printAllowlist(io, link, list, resources);
  return 0;
}
