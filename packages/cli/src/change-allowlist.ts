import { InvalidInputError } from '@postern/core';
import { findLink, openPlace, type PlaceOptions } from './find-link.js';
import type { Invocation } from './io.js';
import { printAllowlist } from './list-allowlist.js';
import { note, printJson } from './output.js';

interface ChangeOptions extends PlaceOptions {
  readonly force?: boolean | undefined;
}

/** `allow` and `revoke`: both change one link's list, and print what it is then. */
export async function changeAllowlist(
  what: 'allow' | 'revoke',
  { io, args: [name = '', ...cidrBlocks], options }: Invocation<ChangeOptions>,
): Promise<number> {
  const place = await openPlace(io, name, options);
  const { gate, context, spec, declared } = place;
  const project = options.project ?? spec?.project;
  if (project === undefined) {
    throw new InvalidInputError('INVALID_INPUT', 'it is not said whose allowlist is to be changed', {
      remedy: 'Add --project, or run this where the spec is.',
    });
  }
  const link = await findLink(place, name);
  if (link.owner?.project !== project) {
    const whose = link.owner ? `the project ${link.owner.project}` : 'no project of postern';
    throw new InvalidInputError('NOT_OURS', `link ${link.id} belongs to ${whose}`, {
      remedy: 'Only links of the project are changed.',
    });
  }
  // Of another spec of the project: `gate` says whose it is.
  const { signal } = context;
  if (what === 'allow') await gate.allow(link, cidrBlocks, { signal });
  else await gate.revoke(link, cidrBlocks, { signal, force: options.force });
  const { entries } = await gate.driver.allowlist.read(link.id, context);
  if (declared?.allowlist !== undefined)
    note(io, "the spec's list is exact: write the change there, too, or the next apply undoes it");
  if (options.json === true) {
    printJson(io, { linkId: link.id, entries });
    return 0;
  }
  printAllowlist(io, link, { entries, wider: [] });
  return 0;
}
