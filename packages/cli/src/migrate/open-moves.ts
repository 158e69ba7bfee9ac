import { PrivateIntegrations } from '@postern/core';
import { type LinkIdOf, type MovePlan, type MoveRequest, Moves } from '@postern/core/moves';
import { openMovesJournal } from '../apply/journal.js';
import type { CommonOptions } from '../invocation.js';
import { findLink } from '../links/find-link.js';
import type { Io } from '../process/io.js';
import { openSession, type Session } from '../session/open-session.js';
import { requireRegionOf } from '../session/region-of-environment.js';
import { linkIdsBy, withLinkIds } from './link-ids.js';
import type { MigrateOptions } from './migrate-options.js';
import { requestIn, type AskedMove } from './move-options.js';

/** A place in which gateways move, with the journal of the folder. */
export interface OpenMoves extends Session {
  readonly gate: PrivateIntegrations;
  readonly moves: Moves;
}

/** Opens the account and region of a request or of a plan. */
export async function openMoves(
  io: Io,
  place: { readonly provider: string; readonly region?: string | undefined; readonly account?: string | undefined },
  { profile, debug }: Pick<MigrateOptions, 'profile'> & CommonOptions,
): Promise<OpenMoves> {
  const { provider } = place;
  const region = await requireRegionOf(io, provider, place.region);
  const session = await openSession(io, { debug, notesWaits: true });
  const driver = await session.drivers({ provider, region, profile, account: place.account });
  const journal = await openMovesJournal(io.cwd, io);
  const gate = new PrivateIntegrations(driver, { ...session.context, project: 'none', journal });
  return { ...session, gate, moves: new Moves(gate) };
}

/** The request with IDs in place of the names of links. */
export async function namedRequest({ gate, context }: OpenMoves, asked: AskedMove) {
  const idOf = linkIdsBy((name) => findLink({ gate, context }, name));
  return { ...(await requestWithIds(asked, idOf)), region: gate.driver.region };
}

/** The request with the IDs that names of links mean. */
export async function requestWithIds(asked: AskedMove, idOf: LinkIdOf): Promise<MoveRequest> {
  return requestIn(await withLinkIds(asked, idOf));
}

/** Opens the place of a plan. */
export function openMovesOf(
  io: Io,
  { provider, region, account }: Pick<MovePlan, 'provider' | 'region' | 'account'>,
  options: Pick<MigrateOptions, 'profile'> & CommonOptions,
): Promise<OpenMoves> {
  return openMoves(io, { provider, region, account }, options);
}
