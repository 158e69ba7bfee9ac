import type { CallContext } from '../../ground/calls/call-context.js';
import { asStep } from '../../ground/calls/step-context.js';
import { portRanges } from '../allowlist/allow-entries.js';
import { requireUnneeded } from '../allowlist/needed-blocks.js';
import type { Driver, Scope } from '../driver.js';
import type { PortRange } from '../model/allowlist.js';
import type { Claimant } from '../model/ownership.js';
import type { LinkRef } from '../model/reference.js';
import type { RegionSnapshot } from '../snapshot/snapshot.js';
import { addedEntries, checkOwned, removedEntries } from './imperative-allowlist.js';
import { ownAllowlist, refuseUnreachable } from './own-allowlist.js';
import { portsToAllow } from './ports-to-allow.js';
import type { LinkTarget } from './requests.js';

/** The owner of the links, and what calls their cloud. */
type Program = Claimant & { readonly driver: Driver };

/** Which ports are opened: those given, or those of the targets of the link, of which some were ensured by the program. */
interface OpenPorts {
  readonly ports: readonly number[] | 'all' | undefined;
  readonly ensured: readonly LinkTarget[];
}

/** Adds blocks to the allowlist of a link. @throws {PosternError} as `PrivateIntegrations.allow` */
export async function allowBlocks(
  program: Program,
  link: LinkRef,
  cidrBlocks: readonly string[],
  open: OpenPorts,
  ctx: CallContext,
): Promise<void> {
  const { driver, project } = program;
  const list = await ownAllowlist(driver, link, program, ctx);
  checkOwned(list);
  const ports = driver.traits(link.kind).allowlistHasPorts ? await rangesOf(program, link, open, ctx) : undefined;
  const entries = addedEntries(list, cidrBlocks, ports);
  await refuseUnreachable(driver, link, project, entries, ctx);
  if (entries.length > 0) await asStep(ctx, 'allow', (step) => driver.allowlist.allow(link, entries, step));
}

/** Removes blocks from the allowlist of a link. @throws {PosternError} as `PrivateIntegrations.revoke` */
export async function revokeBlocks(
  program: Program,
  link: LinkRef,
  cidrBlocks: readonly string[],
  force: boolean | undefined,
  ctx: CallContext,
): Promise<void> {
  const { driver } = program;
  const list = await ownAllowlist(driver, link, program, ctx);
  const entries = removedEntries(list, cidrBlocks, force);
  if (entries.length === 0) return;
  // Where entries have no ports, the adapter checks: only it can read what else calls addresses.
  if (force !== true && driver.traits(link.kind).allowlistHasPorts) {
    const kept = list.entries.filter((entry) => !entries.includes(entry));
    requireUnneeded(link.id, { gone: entries, kept }, await regionOf(program, { checks: true }, ctx));
  }
  await asStep(ctx, 'revoke', (step) => driver.allowlist.revoke(link, entries, step, { force }));
}

async function rangesOf(
  program: Program,
  link: LinkRef,
  { ports, ensured }: OpenPorts,
  ctx: CallContext,
): Promise<readonly PortRange[]> {
  if (ports !== undefined) return portRanges(ports === 'all' ? [] : ports);
  const region = await regionOf(program, { targets: ensured.map(({ ref }) => ref) }, ctx);
  return portsToAllow(region, link.id, ensured);
}

/** Reads the region of a driver. */
export function regionOf(
  { driver, project, spec }: Program,
  more: Pick<Scope, 'checks' | 'targets' | 'uses'>,
  ctx: CallContext,
): Promise<RegionSnapshot> {
  return driver.observe({ all: true, project, spec, ...more }, ctx);
}
